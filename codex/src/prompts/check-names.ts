import { type Persona, personaAllows } from '../personas/persona.ts'
import type { Finding } from '../text/finding.ts'
import type { PromptContext } from './check-prompt.ts'
import { type Facts, isRoute } from './facts.ts'
import type { Prompt } from './read-prompt.ts'

type Fault = { code: string; message: string; fix: string }

const secret =
  /(?:password|secret|token|api[_-]?key)["']?\s*[:=]\s*["']?([A-Za-z0-9+/_-]{12,})|-----BEGIN [A-Z ]*PRIVATE KEY-----/gi

/** Names that the prompt speaks of: persona, task, operations, roles, routes, environment names, placeholders. */
export function checkNames(prompt: Prompt, persona: Persona | undefined, context: PromptContext): Finding[] {
  const findings: Finding[] = []
  const lines = prompt.text.split('\n')
  const report = (line: number, column: number, fault: Fault): void => {
    findings.push({ ...fault, severity: 'error', file: prompt.file, line, column })
  }
  const { personas, tasks } = context.library
  if (prompt.persona === undefined) report(1, 1, noPersona)
  else if (!persona)
    report(
      lineOf(lines, 'persona:'),
      1,
      unknown(
        'persona',
        prompt.persona,
        personas.map((each) => each.slug),
      ),
    )
  if (prompt.task !== undefined && !tasks.some((each) => each.slug === prompt.task)) {
    report(
      lineOf(lines, 'task:'),
      1,
      unknown(
        'task',
        prompt.task,
        tasks.map((each) => each.slug),
      ),
    )
  }
  const inputs = declaredInputs(prompt)
  lines.forEach((line, index) => {
    for (const found of line.matchAll(/`([^`]+)`/g)) {
      const fault = faultOfName(found[1] ?? '', persona, context.facts)
      if (fault) report(index + 1, found.index + 2, fault)
    }
    for (const found of line.matchAll(/\{\{\s*([A-Za-z]\w*)\s*\}\}/g)) {
      const name = found[1] ?? ''
      if (!inputs.has(name)) report(index + 1, found.index + 1, undeclared(name))
    }
    for (const found of line.matchAll(secret)) report(index + 1, found.index + 1, holdsSecret)
  })
  return findings
}

function faultOfName(name: string, persona: Persona | undefined, facts: Facts): Fault | undefined {
  if (/^\/(?!\/)\S*$/.test(name)) return isRoute(facts, name) ? undefined : unknown('route', name, [])
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(name)) {
    return facts.environment.includes(name) ? undefined : unknown('environment name', name, [])
  }
  if (/^(toolkit|system)\.[a-z]+$/.test(name)) {
    return facts.roles.includes(name) ? undefined : unknown('role', name, facts.roles)
  }
  const capability = /^([a-z][A-Za-z]*)\.[a-z][A-Za-z]*$/.exec(name)?.[1]
  const alike = facts.operations.filter((each) => each.startsWith(`${capability}.`))
  if (capability === undefined || alike.length === 0) return undefined
  if (!facts.operations.includes(name)) return unknown('operation', name, alike)
  if (!persona || personaAllows(persona, name)) return undefined
  return {
    code: 'operation_forbidden',
    message: `${persona.slug} may not call ${name}.`,
    fix: 'leave it out, or choose the persona that may.',
  }
}

function declaredInputs(prompt: Prompt): Set<string> {
  const section = prompt.sections.find((each) => each.name.toLowerCase() === 'inputs')
  const names = (section?.lines ?? []).flatMap((line) => /^[-*]\s+`([A-Za-z]\w*)`/.exec(line)?.[1] ?? [])
  return new Set(names)
}

function lineOf(lines: readonly string[], start: string): number {
  return (
    Math.max(
      0,
      lines.findIndex((line) => line.startsWith(start)),
    ) + 1
  )
}

function unknown(what: string, name: string, known: readonly string[]): Fault {
  return {
    code: `${what.replace(' ', '_')}_unknown`,
    message: `There is no ${what} ${name}.`,
    fix: known.length > 0 ? `write one of ${known.join(', ')}.` : 'correct it, or leave it out.',
  }
}

function undeclared(name: string): Fault {
  return {
    code: 'input_undeclared',
    message: `{{${name}}} is used, and Inputs does not declare it.`,
    fix: `add a bullet that begins with \`${name}\` to Inputs.`,
  }
}

const noPersona: Fault = {
  code: 'persona_missing',
  message: 'The front matter names no persona.',
  fix: 'add `persona: <slug>`.',
}

const holdsSecret: Fault = {
  code: 'secret_in_prompt',
  message: 'This looks like a secret.',
  fix: 'take it out, rotate it, and refer to it as `secret:path#key`.',
}
