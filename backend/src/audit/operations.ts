import type { InputOf } from '@sre-toolbox/contract'
import { exportAudit, listAudit, verifyAudit } from '@sre-toolbox/contract/audit'
import { ToolboxError } from '../kernel/errors.ts'
import { bind, type Operation, validationFailed } from '../kernel/operation.ts'
import type { Audit, AuditFilter } from './index.ts'

/** A larger export belongs to a transport that streams. */
const largestAnswer = 10 * 1024 * 1024

export function createAuditOperations(audit: Audit): Operation[] {
  return [
    bind(listAudit, (input) => audit.list(toFilter(input), input)),

    bind(exportAudit, async (input, { signal }) => {
      const pieces: string[] = []
      let length = 0
      for await (const piece of audit.exportEntries(toFilter(input), input.format)) {
        signal.throwIfAborted()
        length += piece.length
        if (length > largestAnswer) {
          throw new ToolboxError(
            'too_large',
            'The export is larger than 10 MB. Narrow it with since and until, and export part by part.',
          )
        }
        pieces.push(piece)
      }
      return pieces.join('')
    }),

    bind(verifyAudit, ({ headSeq, headHash }) => {
      if (headSeq === undefined && headHash === undefined) return audit.verify(null)
      if (headSeq === undefined || headHash === undefined) {
        throw validationFailed([
          { path: headSeq === undefined ? 'headSeq' : 'headHash', message: 'give both headSeq and headHash' },
        ])
      }
      return audit.verify({ seq: headSeq, hash: headHash })
    }),
  ]
}

function toFilter(input: Omit<InputOf<typeof listAudit>, 'cursor' | 'limit'>): AuditFilter {
  const { actor, operation, outcome, jobId, since, until } = input
  return {
    actor,
    operation,
    outcome,
    jobId,
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
  }
}
