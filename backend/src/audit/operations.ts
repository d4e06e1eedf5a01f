import type { InputOf } from '@sre-toolbox/contract'
import { exportAudit, getAuditEntry, listAudit, verifyAudit } from '@sre-toolbox/contract/audit'
import { bind, type Operation, validationFailed } from '../kernel/operation.ts'
import type { Audit, AuditFilter } from './index.ts'

export function createAuditOperations(audit: Audit): Operation[] {
  return [
    bind(listAudit, (input) => audit.list(toFilter(input), input)),

    bind(getAuditEntry, ({ seq }) => audit.get(seq)),

    bind(exportAudit, (input) => audit.exportEntries(toFilter(input), input.format)),

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
  const { actor, operation, outcome, jobId, since, until, q } = input
  return {
    actor,
    operation,
    outcome,
    jobId,
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
    q,
  }
}
