import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { wrongUsage } from './command-error.ts'
import type { Context } from './context.ts'

export type Input = Record<string, unknown>

/** What `--input` names: JSON itself, `@file`, or `-` for standard input. Always an object. */
export async function readInput(context: Context, given: string | undefined): Promise<Input> {
  if (given === undefined) return {}
  const source = given === '-' ? 'standard input' : given.startsWith('@') ? given.slice(1) : '--input'
  const json = await read(context, given)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw wrongUsage(`${source} is not valid JSON: ${(error as Error).message}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongUsage(`${source} must hold one JSON object, such as {"url": "https://example.org"}.`)
  }
  return value as Input
}

async function read(context: Context, given: string): Promise<string> {
  if (given === '-') return text(context.stdin)
  if (!given.startsWith('@')) return given
  return readFile(given.slice(1), 'utf8').catch((error: Error) => {
    throw wrongUsage(`The input can't be read: ${error.message}.`)
  })
}

/**
 * Turns repeated `--set key=value` into fields. A value is text where the field takes text, else JSON where it is
 * JSON (`count=5`, `hosts=["a"]`).
 */
export function readAssignments(
  assignments: readonly string[],
  takesText: (field: string, value: string) => boolean,
): Input {
  const input: Input = {}
  for (const assignment of assignments) {
    const at = assignment.indexOf('=')
    if (at < 1) throw wrongUsage(`--set ${assignment} is not of the form key=value.`)
    const field = assignment.slice(0, at)
    const value = assignment.slice(at + 1)
    if (Object.hasOwn(input, field)) {
      throw wrongUsage(
        `--set ${field} is given twice. For several values give a JSON array: ${field}='["a","b"]'.`,
      )
    }
    Object.defineProperty(input, field, {
      value: takesText(field, value) ? value : jsonOrText(value),
      enumerable: true,
    })
  }
  return input
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
