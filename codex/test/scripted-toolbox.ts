import { CodexError } from '../src/kernel/errors.ts'
import type { ApprovalAnswer, ApprovalPoint, RunHost } from '../src/runbooks/host.ts'
import type { RunState } from '../src/runbooks/run-state.ts'

type Answer = (input: Readonly<Record<string, unknown>>, calls: number) => unknown

export interface ScriptedToolbox extends RunHost {
  /** Operations in the order they were called, with what was sent. */
  readonly called: { operation: string; input: Readonly<Record<string, unknown>> }[]
  readonly asked: ApprovalPoint[]
  /** Every state that was kept, the last one last. */
  readonly kept: RunState[]
}

/** A Toolbox that answers by script, with a clock that moves only when something waits. */
export function scriptedToolbox(
  answers: Readonly<Record<string, Answer>>,
  options: {
    approve?: (point: ApprovalPoint) => ApprovalAnswer | null
    secrets?: Readonly<Record<string, string>>
    onSave?: (state: RunState) => void
  } = {},
): ScriptedToolbox {
  let time = Date.parse('2026-03-01T09:00:00.000Z')
  const called: ScriptedToolbox['called'] = []
  const asked: ApprovalPoint[] = []
  const kept: RunState[] = []
  return {
    called,
    asked,
    kept,
    async call(operation, input) {
      called.push({ operation, input })
      const answer = answers[operation]
      if (!answer) throw new CodexError('not_found', 'user', `No operation is called ${operation}.`)
      return answer(input, called.filter((each) => each.operation === operation).length)
    },
    async resolveSecret(reference) {
      const value = options.secrets?.[reference]
      if (value === undefined) throw new CodexError('not_found', 'user', `There is no ${reference}.`)
      return value
    },
    async approve(point) {
      asked.push(point)
      return options.approve?.(point) ?? null
    },
    async save(state) {
      kept.push(state)
      options.onSave?.(state)
    },
    now: () => new Date(time),
    async wait(milliseconds) {
      time += milliseconds
    },
  }
}
