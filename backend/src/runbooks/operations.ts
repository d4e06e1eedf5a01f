import { checkInputs, hideSecretInputs, renderReport } from '@sre-toolbox/codex/runbooks'
import * as contract from '@sre-toolbox/contract/codex-runs'
import { toSummary } from '../jobs/index.ts'
import { checkCursor } from '../kernel/cursor.ts'
import { bind, type Operation, validationFailed } from '../kernel/operation.ts'
import type { TaskLibrary } from './ports.ts'
import type { Runs } from './runs.ts'

/** Binds the contract's operations on runs to their use cases. */
export function createRunOperations(runs: Runs, library: TaskLibrary): Operation[] {
  return [
    taking(
      library,
      bind(contract.runTask, async (input, context) => ({
        job: toSummary(await runs.start(input, context)),
      })),
    ),
    bind(contract.listRuns, ({ cursor, limit, ...filter }) => {
      checkCursor(cursor, contract.runSummary.shape.id)
      return runs.list(filter, { cursor, limit })
    }),
    bind(contract.getRun, async ({ runId }) => {
      const { run, report } = await runs.get(runId)
      return { run, report, markdown: renderReport(report) }
    }),
    bind(contract.answerRun, async (input, { caller, note }) => {
      const run = await runs.answer(input, caller)
      note(
        `${input.answer === 'approve' ? 'Approved' : 'Rejected'} ${input.step} of ${run.task}: ${input.comment ?? 'no comment'}.`,
      )
      return { run }
    }),
  ]
}

/** The inputs are those that the task declares; what may be a secret among them is in no audit entry. */
function taking(library: TaskLibrary, operation: Operation): Operation {
  return {
    ...operation,
    makesJobs: true,
    parse(given) {
      const input = operation.parse(given) as { task: string; inputs: Record<string, unknown> }
      const found = library.find(input.task)
      if (!found) return input
      const { inputs, faults } = checkInputs(found.task, input.inputs)
      const errors = faults.map(({ name, message }) => ({ path: `inputs.${name}`, message }))
      for (const [name, { type }] of Object.entries(found.task.inputs)) {
        // The names of this process's environment and of its files are nobody's to use.
        if (type === 'secret' && name in inputs && !String(inputs[name]).startsWith('secret:')) {
          errors.push({
            path: `inputs.${name}`,
            message: 'must be a reference such as secret:auth/okta#client_secret',
          })
        }
      }
      if (errors.length > 0) throw validationFailed(errors)
      return { ...input, inputs }
    },
    redact(given) {
      if (typeof given !== 'object' || given === null) return given
      const { task, inputs } = given as { task?: unknown; inputs?: unknown }
      if (typeof inputs !== 'object' || inputs === null) return given
      const known = library.find(String(task))?.task
      return { ...given, inputs: hideSecretInputs(known, inputs as Record<string, unknown>) }
    },
  }
}
