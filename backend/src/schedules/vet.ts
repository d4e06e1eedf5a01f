import { isDeepStrictEqual } from 'node:util'
import { authorise } from '../kernel/authorise.ts'
import type { Caller } from '../kernel/caller.ts'
import { ToolboxError } from '../kernel/errors.ts'
import { type Operation, validationFailed } from '../kernel/operation.ts'
import type { Offers } from './ports.ts'

/**
 * Refuses what the caller may not run, and what would be refused later anyway, so that nobody learns of it at three in
 * the morning. It grants nothing: the runner judges again each time it is due.
 */
export function vet(
  offers: Offers,
  caller: Caller,
  { toolkit, operation: name, input }: { toolkit: string; operation: string; input: unknown },
): Operation {
  const offer = offers.find(toolkit, name)
  if (!offer) {
    throw new ToolboxError(
      'not_found',
      `No toolkit offers ${toolkit}.${name}. \`toolbox toolkits list\` shows the toolkits, \`toolbox toolkits show\` what one offers.`,
    )
  }
  const { operation, isJob } = offer
  authorise(operation, caller)
  if (!isJob) {
    const message = `${name} answers at once and is no job: only jobs can be scheduled`
    throw validationFailed([{ path: 'operation', message }])
  }
  const checked = parse(operation, input)
  if (!isDeepStrictEqual(operation.redact(checked), checked)) {
    const message =
      'holds a secret, which a schedule would keep: only references such as secret:db/main#password can'
    throw validationFailed([{ path: 'input', message }])
  }
  return operation
}

function parse(operation: Operation, input: unknown): unknown {
  try {
    return operation.parse(input)
  } catch (error) {
    if (!(error instanceof ToolboxError) || !error.details.errors) throw error
    throw validationFailed(
      error.details.errors.map(({ path, message }) => ({
        path: path === '' ? 'input' : `input.${path}`,
        message,
      })),
    )
  }
}
