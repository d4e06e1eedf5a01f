import type { TaskStep } from '../../tasks/task.ts'
import type { Scene } from '../compose-prompt.ts'
import { isRoute } from '../facts.ts'
import { decided, inWords, isRuledOut } from './conditions.ts'
import { described, filled, named } from './templates.ts'
import { code, oneLine, quoted, shellJson } from './words.ts'

/** The pages on which an operator would do the same, in order. */
export function journeySection({ task, persona, facts }: Scene): string {
  const offered = task.routes.filter((route) => isRoute(facts.routes.web, route))
  const missing = task.routes.filter((route) => !offered.includes(route))
  const others = persona.entryRoutes.filter(
    (route) => !offered.includes(route) && isRoute(facts.routes.web, route),
  )
  const lines = [
    ...offered.map((route, index) => `${index + 1}. Open ${code(route)}.`),
    ...(missing.length > 0
      ? [`\nThis Toolbox has no page ${missing.join(', ')}; use the commands instead.`]
      : []),
    ...(others.length > 0 ? [`\nAt hand besides: ${others.map(code).join(', ')}.`] : []),
  ]
  return `## Journey\n\n${lines.join('\n').trimStart()}`
}

/** The runbook of the task, step by step, as commands. */
export function stepsSection(scene: Scene): string {
  return `## Steps\n\n${stepsOf(scene)
    .map((step, index) => `${index + 1}. ${stepText(step, scene)}`)
    .join('\n')}`
}

/** The steps but those that the given inputs rule out. */
export function stepsOf(scene: Scene): TaskStep[] {
  return scene.task.steps.filter((step) => !isRuledOut(step, scene))
}

function stepText(step: TaskStep, scene: Scene): string {
  const operation = scene.facts.operations.find(({ id }) => id === step.operation)
  const title = oneLine(step.title)
  if (!operation) {
    return `${title}: this Toolbox does not offer ${step.operation}. Say so in the report and go on.`
  }
  const input = shellJson(filled(step.input, scene))
  const call = Object.keys(step.input).length > 0 ? `${step.operation} --input ${input}` : step.operation
  const lines = ['```sh', `toolbox call ${call}`, '```', ...notesOf(step, scene).map((each) => `- ${each}`)]
  const indented = lines.map((line) => `   ${line}`).join('\n')
  return `${title}: ${code(step.operation)} (${operation.effect}).\n${indented}`
}

function notesOf(step: TaskStep, scene: Scene): string[] {
  const open = step.when.filter((each) => decided(each, scene) === undefined)
  const limit = step.within === undefined ? '' : `, for at most ${described(step.within, scene)} seconds`
  return [
    ...(open.length > 0 ? [`Only when ${inWords(open, scene)}.`] : []),
    ...(step.forEach ? [`Once for each item of ${named(step.forEach)}.`] : []),
    ...(step.confirm ? [`Ask a person first: ${quoted(filled(step.confirm, scene))}`] : []),
    ...(step.until ? [`Repeat it until ${inWords(step.until, scene)}${limit}.`] : []),
    ...(step.expect.length > 0 ? [`Expect that ${inWords(step.expect, scene)}.`] : []),
    ...(step.mayFail ? ['It may be refused or fail: keep what it says word for word, and go on.'] : []),
    ...(step.capture.length > 0
      ? [`Keep for the report: ${step.capture.map(({ name }) => name).join(', ')}.`]
      : []),
  ]
}
