import type { PersonaFact } from '@sre-toolbox/contract/codex-facts'
import { nearest } from '@sre-toolbox/contract/nearest'
import { type Facts, isRoute, type OperationFact } from './facts.ts'
import { type Fault, fault, type Report, unknownName } from './fault.ts'
import { listsOf } from './lists.ts'
import { mayCall } from './may-call.ts'
import type { Prompt } from './read-prompt.ts'

/** A reference such as `secret:path#key` is none. */
const secret =
  /(?!secret:[A-Za-z0-9_./-]+#)(?:password|secret|token|api[_-]?key)["']?\s*[:=]\s*["']?([A-Za-z0-9+/_-]{12,})|-----BEGIN [A-Z ]*PRIVATE KEY-----/i
const dotted = /^([a-z][A-Za-z0-9_-]*)\.(\*|[a-z][A-Za-z0-9_-]*)$/
const command =
  /\btoolbox\s+(?:call|run)\s+([a-z][A-Za-z0-9_-]*\.[a-z][A-Za-z0-9_-]*)(?:\s+--input\s+'([^']*)')?/g

/** Names in the text: routes, environment, roles, toolkits, operations and their inputs, placeholders; and secrets. */
export function checkNames(
  prompt: Prompt,
  persona: PersonaFact | undefined,
  facts: Facts,
  report: Report,
): void {
  const inputs = declaredInputs(prompt)
  const lists = listsOf(prompt)
  prompt.text.split('\n').forEach((line, index) => {
    const tell = (column: number, each: Fault | undefined): void => {
      if (each) report(index + 1, column, each)
    }
    const forbidden = lists[index]?.list === 'forbidden'
    for (const found of line.matchAll(/`([^`]+)`/g)) {
      tell(found.index + 2, faultOfName(found[1] ?? '', forbidden ? undefined : persona, facts))
    }
    for (const found of line.matchAll(command)) {
      const [whole, id = '', json] = found
      const column = found.index + whole.indexOf(id) + 1
      tell(column, faultOfOperation(id, forbidden ? undefined : persona, facts))
      tell(column, json === undefined ? undefined : faultOfInput(id, json, facts))
    }
    for (const found of line.matchAll(/\btoolkit `([a-z0-9][a-z0-9_-]*)`/gi)) {
      tell(found.index + found[0].indexOf('`') + 2, faultOfToolkit(found[1] ?? '', facts))
    }
    for (const found of line.matchAll(/\{\{\s*([A-Za-z]\w*)\s*\}\}/g)) {
      if (!inputs.has(found[1] ?? '')) tell(found.index + 1, undeclared(found[1] ?? ''))
    }
    const hidden = secret.exec(line)
    if (hidden) tell(hidden.index + 1, holdsSecret)
  })
}

/** What is wrong with a name in backticks; undefined for one that is there, and for what is no name. */
export function faultOfName(name: string, persona: PersonaFact | undefined, facts: Facts): Fault | undefined {
  const call = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(name)
  if (call) {
    const known = facts.routes.api.filter((each) => each.startsWith(`${call[1]} `))
    const paths = known.map((each) => each.slice(each.indexOf(' ') + 1))
    return isRoute(paths, call[2] ?? '')
      ? undefined
      : unknownName('api_route_unknown', 'API route', name, known)
  }
  if (/^\/(?!\/)\S*$/.test(name)) return faultOfRoute(name, facts)
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(name)) {
    if (facts.environment.includes(name)) return undefined
    return unknownName('environment_name_unknown', 'environment name', name, facts.environment)
  }
  if (/^(toolkit|system)\.[a-z]+$/.test(name)) {
    return facts.roles.includes(name) ? undefined : unknownName('role_unknown', 'role', name, facts.roles)
  }
  return dotted.test(name) ? faultOfOperation(name, persona, facts) : undefined
}

function faultOfRoute(path: string, facts: Facts): Fault | undefined {
  const toolkit = /^\/toolkits\/([a-z0-9][a-z0-9_-]*)(?:[/?#]|$)/.exec(path)?.[1]
  if (toolkit) return faultOfToolkit(toolkit, facts)
  const paths = facts.routes.api.map((each) => each.slice(each.indexOf(' ') + 1))
  if (isRoute([...facts.routes.web, ...paths], path)) return undefined
  return unknownName('route_unknown', 'route', path, facts.routes.web)
}

function faultOfToolkit(slug: string, { toolkits }: Facts): Fault | undefined {
  if (!toolkits) return undefined
  const found = toolkits.find((each) => each.slug === slug)
  if (found) return undefined
  const known = toolkits.map((each) => each.slug)
  return unknownName('toolkit_unknown', 'toolkit', slug, known)
}

function faultOfOperation(name: string, persona: PersonaFact | undefined, facts: Facts): Fault | undefined {
  const [, capability = '', verb = ''] = dotted.exec(name) ?? []
  const alike = facts.operations.filter((each) => each.id.startsWith(`${capability}.`))
  if (alike.length === 0) return slipOf(name, capability, verb, facts)
  if (verb === '*') return undefined
  const operation = alike.find((each) => each.id === name)
  if (!operation) {
    const known = alike.map((each) => each.id)
    return unknownName('operation_unknown', 'operation', name, known)
  }
  if (isDisabled(operation, facts)) return disabled(operation)
  const may = persona ? mayCall(persona, operation) : 'yes'
  if (!persona || may === 'yes') return undefined
  return may === 'persona' ? notAllowed(persona, name) : roleTooLow(persona, operation)
}

/** Dotted names may be anything (a file, a variable): only what is nearly an operation is taken for one. */
function slipOf(name: string, capability: string, verb: string, facts: Facts): Fault | undefined {
  const ids = facts.operations.map((each) => each.id)
  const capabilities = new Set(ids.map((id) => id.slice(0, id.indexOf('.'))))
  const verbs = new Set(ids.map((id) => id.slice(id.indexOf('.') + 1)))
  if (!verbs.has(verb) || nearest(capability, [...capabilities]).length === 0) return undefined
  return unknownName('operation_unknown', 'operation', name, ids)
}

function faultOfInput(id: string, json: string, facts: Facts): Fault | undefined {
  const operation = facts.operations.find((each) => each.id === id)
  let given: unknown
  try {
    given = JSON.parse(json)
  } catch {
    return undefined
  }
  if (!operation || typeof given !== 'object' || given === null) return undefined
  const stray = Object.keys(given).find((key) => !operation.inputs.includes(key))
  return stray === undefined
    ? undefined
    : unknownName('operation_input_unknown', `input of ${id} called`, stray, operation.inputs)
}

export function isDisabled({ toolkit }: OperationFact, { toolkits }: Facts): boolean {
  return toolkit !== null && toolkits?.find(({ slug }) => slug === toolkit)?.enabled === false
}

export function declaredInputs(prompt: Prompt): Set<string> {
  const section = prompt.sections.find((each) => each.name.toLowerCase() === 'inputs')
  const names = (section?.lines ?? []).flatMap((line) => /^[-*]\s+`([A-Za-z]\w*)`/.exec(line)?.[1] ?? [])
  return new Set(names)
}

export function looksSecret(text: string): boolean {
  return secret.test(text)
}

function undeclared(name: string): Fault {
  const fix = `add a bullet that begins with \`${name}\` to Inputs.`
  return fault('input_undeclared', `{{${name}}} is used, and Inputs does not declare it.`, fix)
}

function disabled({ id, toolkit }: OperationFact): Fault {
  const fix = `leave ${id} out, or have ${toolkit} enabled.`
  return fault('toolkit_disabled', `The toolkit ${toolkit} is disabled here, so ${id} is refused.`, fix)
}

function notAllowed({ slug }: PersonaFact, id: string): Fault {
  const fix = 'leave it out, list it as forbidden in Safety, or choose the persona that may.'
  return fault('operation_forbidden', `${slug} may not call ${id}.`, fix)
}

function roleTooLow({ slug }: PersonaFact, { id, access }: OperationFact): Fault {
  const fix = 'leave it out, list it as forbidden in Safety, or choose the persona that has the role.'
  return fault('operation_role_missing', `${id} needs ${access}, which ${slug} does not have.`, fix)
}

const holdsSecret = fault(
  'secret_in_prompt',
  'This looks like a secret.',
  'take it out, rotate it, and refer to it as `secret:path#key`.',
)
