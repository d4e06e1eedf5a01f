import { refuse } from '../kernel/errors.ts'
import type { Task } from './backlog.ts'

/** Done takes an outcome, a lesson and the boxes, which `done` asks for; the word alone would say that they are there. */
export function refuseBareDone(task: Task, set: { readonly status?: unknown }): void {
  if (set.status !== 'done' || task.status === 'done') return
  const { address } = task
  throw refuse(
    'not_closed',
    `Done needs an outcome and a lesson. Claim ${address} with \`toolbox codex start ${address}\`, unless you hold it, and close it with \`toolbox codex done\`.`,
  )
}
