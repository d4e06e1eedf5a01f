import type { Blocker } from '../backlog/backlog.ts'
import { refuse } from '../kernel/errors.ts'

/** Either words or a task, not both. */
export function blockerFrom({ missing, on }: { missing?: string; on?: string }): Blocker {
  if (missing && !on) return { text: missing }
  if (on && !missing) return { task: on }
  throw refuse('no_blocker', 'Say what is missing: --missing "…" in words, or --on <task>.')
}
