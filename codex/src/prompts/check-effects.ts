import type { Facts, OperationFact } from './facts.ts'
import { type Fault, fault, type Report } from './fault.ts'
import { listsOf } from './lists.ts'
import type { Prompt } from './read-prompt.ts'

const mention =
  /(`|\btoolbox\s+(?:call|run)\s+)([a-z][A-Za-z0-9_-]*\.[a-z][A-Za-z0-9_-]*)(?:` \((read|write|destructive)\))?/g

/** Whatever destroys needs a person's yes or is forbidden, and no effect is understated. */
export function checkEffects(prompt: Prompt, facts: Facts, report: Report): void {
  const byId = new Map(facts.operations.map((each) => [each.id, each]))
  const lists = listsOf(prompt)
  const lines = prompt.text.split('\n')
  const mentions = lines.flatMap((line, index) =>
    [...line.matchAll(mention)].flatMap((found) => {
      const operation = byId.get(found[2] ?? '')
      const column = found.index + (found[1]?.length ?? 0) + 1
      return operation
        ? [{ operation, claimed: found[3], line: index + 1, column, list: lists[index]?.list }]
        : []
    }),
  )
  const guarded = new Set(
    mentions
      .filter(({ list }) => list === 'approval' || list === 'forbidden')
      .map(({ operation }) => operation.id),
  )
  const whole = new Set(
    lines.flatMap((line, index) =>
      lists[index]?.list === 'forbidden'
        ? [...line.matchAll(/`([a-z][A-Za-z0-9_-]*)\.\*`/g)].map(([, name]) => name)
        : [],
    ),
  )
  const isGuarded = ({ id }: OperationFact) => guarded.has(id) || whole.has(id.slice(0, id.indexOf('.')))
  const told = new Set<string>()
  for (const { operation, claimed, line, column, list } of mentions) {
    if (claimed !== undefined && claimed !== operation.effect) report(line, column, wrongEffect(operation))
    if (operation.effect !== 'destructive') continue
    if (list === 'safe') report(line, column, calledSafe(operation))
    else if (!isGuarded(operation) && !told.has(operation.id)) {
      told.add(operation.id)
      report(line, column, unguarded(operation))
    }
  }
}

function wrongEffect({ id, effect }: OperationFact): Fault {
  return fault('effect_wrong', `The effect of ${id} is ${effect}.`, `write (${effect}).`)
}

function calledSafe({ id }: OperationFact): Fault {
  const fix = 'move it to the approval points or to the forbidden operations.'
  return fault('destructive_called_safe', `${id} destroys, and stands among the safe commands.`, fix)
}

function unguarded({ id }: OperationFact): Fault {
  const message = `${id} destroys, and Safety neither asks a person before it nor forbids it.`
  return fault(
    'destructive_unguarded',
    message,
    `name \`${id}\` in Safety, below "Approval points" or "Forbidden operations".`,
  )
}
