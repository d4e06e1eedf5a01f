import { type Executor, maxAttempts } from '../jobs/index.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import { type HostedRunsDeps, startRun } from './hosted-runs.ts'
import type { RunAs } from './ports.ts'
import { disabled } from './toolkit-operation.ts'

export interface ExecutorDeps extends HostedRunsDeps {
  readonly active: ActiveToolkits
  readonly runAs: RunAs
}

type Execution = ReturnType<Executor['start']>

/** Runs attempts of jobs in toolkit hosts. */
export function createExecutor(deps: ExecutorDeps): Executor {
  return {
    start(work, reports) {
      const toolkit = deps.active.find(work.toolkit)
      if (!toolkit) {
        return refused('toolkit_missing', `The toolkit ${work.toolkit} is not here any more.`)
      }
      if (!deps.active.isEnabled(toolkit.slug)) {
        return refused('toolkit_disabled', `${disabled(toolkit.slug).message} Then retry the job.`)
      }
      const { version } = toolkit.code
      if (version !== work.toolkitVersion) {
        return refused(
          'version_missing',
          `The job was made for ${toolkit.slug} ${work.toolkitVersion}, and ${version} is here now. Retry it to run it there.`,
        )
      }
      const operation = toolkit.operations.get(work.operation)
      if (!operation) {
        return refused('operation_missing', `${toolkit.slug} ${version} has no operation ${work.operation}.`)
      }
      const requestId = `job ${work.jobId}`
      return startRun(deps, {
        toolkit,
        operation,
        input: work.input,
        job: { id: work.jobId, attempt: work.attempt },
        // Nor may the last try of another's be ended by a neighbour that has to be killed.
        exclusive: !work.idempotent || work.attempt >= maxAttempts,
        requester: {
          run: (id, input, signal) => deps.runAs(work.requestedBy, id, input, { requestId, signal }),
        },
        reports,
      })
    },
  }
}

function refused(code: string, message: string): Execution {
  const ended = Promise.resolve({ kind: 'failed', code, message } as const)
  return { began: Promise.resolve(false), ended, abort: () => {}, kill: async () => {} }
}
