import { ToolboxError } from '../kernel/errors.ts'
import type { Toolkit } from './toolkit.ts'

type Run = (operationId: string, input: unknown, signal: AbortSignal) => Promise<unknown>
type Input = Readonly<Record<string, unknown>>

/**
 * Runs another operation for a toolkit, as the requester: its own operations, its own jobs, and what its manifest
 * lists under `permissions.operations`. What the requester may do is checked again by the runner.
 */
export async function callOperation(
  toolkit: Toolkit,
  requester: { run: Run },
  operationId: string,
  input: Input,
  signal: AbortSignal,
): Promise<unknown> {
  const granted = toolkit.manifest.permissions?.operations ?? []
  const isOwn = (id: string) =>
    toolkit.operations.has(id.slice(toolkit.slug.length + 1)) && id.startsWith(`${toolkit.slug}.`)
  const mayRun = (id: string) => isOwn(id) || granted.includes(id)

  if (!granted.includes(operationId)) {
    if (operationId === 'jobs.submit')
      requireGrant(mayRun(`${input.toolkit}.${input.operation}`), `${input.toolkit}.${input.operation}`)
    else if (operationId === 'jobs.get' || operationId === 'jobs.cancel') {
      const { job } = (await requester.run('jobs.get', { jobId: input.jobId }, signal)) as {
        job: { toolkit: string }
      }
      requireGrant(job.toolkit === toolkit.slug, `${operationId} on a job of ${job.toolkit}`)
      if (operationId === 'jobs.get') return { job }
    } else requireGrant(isOwn(operationId), operationId)
  }
  return requester.run(operationId, input, signal)

  function requireGrant(granted: boolean, what: string): void {
    if (granted) return
    throw new ToolboxError(
      'role_missing',
      `${toolkit.slug} may not run ${what}: list the operation under permissions.operations in its manifest.`,
    )
  }
}
