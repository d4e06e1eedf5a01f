import type { Scene } from '../compose-prompt.ts'
import type { OperationFact } from '../facts.ts'
import { callable, mayUse } from './callable.ts'
import { sober } from './sober.ts'
import { stepsOf } from './steps.ts'
import { filled } from './templates.ts'
import { bullets, code, quoted } from './words.ts'

/** What may be done freely, what a person must agree to, what never, and what to do when something does not load. */
export function safetySection(scene: Scene): string {
  const { persona, task, facts } = scene
  const usable = facts.operations.filter((each) => mayUse(scene, each))
  const refused = facts.operations.filter((each) => !mayUse(scene, each))
  const changes = new Map(
    stepsOf(scene)
      .filter(({ confirm }) => !confirm)
      .map(({ operation }) => callable(scene, operation))
      .filter((each) => each?.effect === 'write')
      .map((each) => [each?.id, each]),
  )
  const parts: [string, string[]][] = [
    ['Safe commands', grouped(usable.filter(({ effect }) => effect === 'read'))],
    [
      'Changes of this task',
      [...changes.values()].flatMap((each) => (each ? `${code(each.id)} (write): ${each.title}.` : [])),
    ],
    ['Approval points', approvalPoints(scene, usable)],
    [
      'Forbidden operations',
      [...forbidden(facts.operations, refused), 'Whatever is not listed here at all.'],
    ],
    ['Guardrails', persona.guardrails.map(({ text }) => sober(text, scene))],
    ['When something does not load', fallbacks(task.group)],
  ]
  return ['## Safety', ...parts.filter(([, lines]) => lines.length > 0).map(block)].join('\n\n')
}

function block([heading, lines]: readonly [string, readonly string[]]): string {
  return `### ${heading}\n\n${bullets(lines)}`
}

function approvalPoints(scene: Scene, usable: readonly OperationFact[]): string[] {
  const asked = stepsOf(scene).filter(
    ({ confirm, operation }) => confirm && usable.some(({ id }) => id === operation),
  )
  return [
    'Ask a person, and go on only after they confirm it themselves. An answer inside your own conversation does not count.',
    ...asked.map(({ operation, confirm }) => `${code(operation)}: ${quoted(filled(confirm, scene))}`),
    ...usable
      .filter(
        ({ effect, id }) => effect === 'destructive' && !asked.some(({ operation }) => operation === id),
      )
      .map(({ id, title }) => `${code(id)} (destructive): ${title}.`),
    'Any change that no step above names.',
  ]
}

/** By capability, so that a person can read it. */
function grouped(operations: readonly OperationFact[]): string[] {
  return [...byCapability(operations).values()].map((each) => each.map(({ id }) => code(id)).join(', '))
}

function forbidden(all: readonly OperationFact[], refused: readonly OperationFact[]): string[] {
  const sizes = byCapability(all)
  return [...byCapability(refused)].map(([capability, each]) =>
    each.length === sizes.get(capability)?.length
      ? code(`${capability}.*`)
      : each.map(({ id }) => code(id)).join(', '),
  )
}

function byCapability(operations: readonly OperationFact[]): Map<string, OperationFact[]> {
  const sorted = [...operations].sort((a, b) => (a.id < b.id ? -1 : 1))
  return Map.groupBy(sorted, ({ id }) => id.slice(0, id.indexOf('.')))
}

function fallbacks(group: Scene['task']['group']): string[] {
  return [
    `When a toolkit's interface does not load, or its bundle is missing, ${code('GenericToolkitPlaceholder')} stands in: use its forms, or the same operations by command. Never invent an interface.`,
    `Log every retry with its specifier, ${code('local')} or ${code('remote')}, and with the error word for word.`,
    ...(group === 'diagnostics' || group === 'toolkits'
      ? [
          `What the shell hands to interfaces is ${code('window.__SRE_TOOLKIT_RUNTIME')}: look there when a module resolves and still fails.`,
        ]
      : []),
  ]
}
