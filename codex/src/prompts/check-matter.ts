import type { PersonaFact } from '@sre-toolbox/contract/codex-facts'
import { faultOf } from '../runbooks/read-inputs.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import { declaredInputs } from './check-names.ts'
import type { PromptContext } from './check-prompt.ts'
import { digestOf, digestPattern } from './digest.ts'
import { type Fault, fault, type Report, unknownName } from './fault.ts'
import { mayCall } from './may-call.ts'
import type { Prompt } from './read-prompt.ts'

/** What the front matter says: persona, task, its inputs, toolkits, the pinned digest. */
export function checkMatter(
  prompt: Prompt,
  persona: PersonaFact | undefined,
  { library, facts, toolkitsAsked }: PromptContext,
  report: Report,
): void {
  const at = (key: string, each: Fault | undefined): void => {
    const place = prompt.matter.get(key) ?? { line: 1, column: 1 }
    if (each) report(place.line, place.column, each)
  }
  const slugs = new Set([...library.personas, ...facts.personas].map(({ slug }) => slug))
  const isTrusted = (name: string): boolean => !toolkitsAsked && isOfKnownToolkit(name, facts)
  if (prompt.persona === undefined) at('persona', noPersona)
  else if (!persona && !isTrusted(prompt.persona))
    at('persona', unknownName('persona_unknown', 'persona', prompt.persona, [...slugs]))

  const task = library.tasks.find(({ slug }) => slug === prompt.task)
  if (prompt.task !== undefined && !task && !isTrusted(prompt.task)) {
    const known = library.tasks.map(({ slug }) => slug)
    at('task', unknownName('task_unknown', 'task', prompt.task, known))
  }
  if (task && persona) {
    for (const id of operationsOf(task)) {
      const operation = facts.operations.find((each) => each.id === id)
      if (operation && mayCall(persona, operation) !== 'yes') at('task', notForPersona(task, persona, id))
    }
  }
  for (const each of task ? inputFaults(prompt, task) : []) at('inputs', each)
  if (task) requireInputs(prompt, task, report)

  const known = facts.toolkits?.map(({ slug }) => slug)
  for (const slug of textsIn(prompt.matter.get('toolkits')?.value)) {
    if (known && !known.includes(slug)) at('toolkits', unknownName('toolkit_unknown', 'toolkit', slug, known))
  }
  at('digest', digestFault(prompt))
}

/** A name with a dot is a toolkit's; which toolkits there are is not always known. */
function isOfKnownToolkit(name: string, { toolkits }: PromptContext['facts']): boolean {
  const [toolkit, ...rest] = name.split('.')
  return rest.length === 1 && (toolkits === null || toolkits.some(({ slug }) => slug === toolkit))
}

export function operationsOf(task: TaskDefinition): string[] {
  return [...new Set(task.steps.map(({ operation }) => operation))]
}

/** What the task can't do without has to be declared, so that whoever uses the prompt is asked for it. */
function requireInputs(prompt: Prompt, task: TaskDefinition, report: Report): void {
  const section = prompt.sections.find(({ name }) => name.toLowerCase() === 'inputs')
  const declared = declaredInputs(prompt)
  for (const [name, input] of section ? Object.entries(task.inputs) : []) {
    const optional = !input.required || ('default' in input && input.default !== undefined)
    if (optional || declared.has(name)) continue
    const fix = `add a bullet that begins with \`${name}\`: ${input.description}`
    report(section?.line ?? 1, 1, fault('input_missing', `${task.slug} needs the input ${name}.`, fix))
  }
}

function inputFaults(prompt: Prompt, task: TaskDefinition): Fault[] {
  const given = prompt.matter.get('inputs')?.value ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    return [fault('input_invalid', 'inputs is no map of names to values.', 'write `name: value` below it.')]
  }
  return Object.entries(given as Record<string, unknown>).flatMap(([name, value]): Fault[] => {
    const input = task.inputs[name]
    if (!input) return [unknownName('input_unknown', 'input', name, Object.keys(task.inputs))]
    const wrong = faultOf(task, name, value)
    return wrong ? [fault('input_invalid', `The input ${name} ${wrong}.`, `it is: ${input.description}`)] : []
  })
}

function digestFault(prompt: Prompt): Fault | undefined {
  const pinned = prompt.matter.get('digest')
  if (!pinned) return undefined
  if (typeof pinned.value !== 'string' || !digestPattern.test(pinned.value)) {
    return fault(
      'digest_malformed',
      'The pinned digest is not `sha256:` and 64 hexadecimal digits.',
      'run `toolbox codex prompt digest --pin` on the file.',
    )
  }
  const actual = digestOf(prompt.text)
  if (actual === pinned.value) return undefined
  return fault(
    'digest_stale',
    `The text is no longer the one that was pinned; its digest is ${actual}.`,
    'read what changed, then run `toolbox codex prompt digest --pin` on the file.',
  )
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function notForPersona(task: TaskDefinition, persona: PersonaFact, operation: string): Fault {
  return fault(
    'task_not_for_persona',
    `${task.slug} calls ${operation}, which ${persona.slug} may not.`,
    `choose the persona ${task.persona}, or another task.`,
  )
}

const noPersona = fault('persona_missing', 'The front matter names no persona.', 'add `persona: <slug>`.')
