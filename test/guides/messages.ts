import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSources, type Source } from '../support/sources.ts'

const root = join(import.meta.dirname, '../..')
const placeholder = '\u0000'

/** Whether a message that a guide quotes is one that the sources can say. */
export function createMessageCheck(): (message: string) => boolean {
  const sources = readSources(
    'backend/src',
    'cli/src',
    'codex/src',
    'contract/src',
    'frontend/src',
    'sdk/src',
  ).filter(({ path }) => !/\.test\.tsx?$|\/test\//.test(path))
  const literals = sources.flatMap(literalsOf)
  // What a page says stands in its markup, with line breaks.
  const markup = sources.map(({ text }) => text.replace(/\s+/g, ' ')).join('\n')
  const clauses = new Set(literals.flatMap(clausesOf))
  const patterns = [...clauses].filter((clause) => clause.includes(placeholder)).map(toPattern)
  return (message) =>
    clausesOf(message.replace(/^(?:\S*[\d/<>…]\S*\s+)+/, '')).every(
      (clause) =>
        clauses.has(clause) || markup.includes(clause) || patterns.some((pattern) => pattern.test(clause)),
    )
}

/** Words on a page or of a manifest that a guide says to press, choose or open. */
export function createLabelCheck(manifests: readonly string[]): (label: string) => boolean {
  const pages = readSources('frontend/src').map(({ text }) => text)
  const texts = [...pages, ...manifests.map((path) => readFileSync(join(root, path), 'utf8'))]
  return (label) => texts.some((text) => text.includes(label))
}

/** Texts of the code and of the markup, with a sign for what is filled in. */
function literalsOf({ path, text }: Source): string[] {
  const found = text.match(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g) ?? []
  const pages = path.endsWith('.tsx') ? text : ''
  const marked = (pages.match(/>[^<>{}]*(?:\{[^{}<>]*\}[^<>{}]*)+</g) ?? []).map((words) =>
    words
      .slice(1, -1)
      .replace(/\{[^{}]*\}/g, placeholder)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return marked.concat(found.map(withPlaceholders))
}

function withPlaceholders(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, placeholder)
    .replace(/\\(.)/g, '$1')
}

/** A message is told apart by its stops, so that a part of it may be quoted. */
function clausesOf(text: string): string[] {
  return text
    .split(/(?<=[.;:!?])\s+|\s\(|\)\.?\s*|,\s/)
    .map((clause) => clause.replace(/[.;:!?]$/, '').trim())
    .filter((clause) => clause !== '' && clause !== '…')
}

function toPattern(clause: string): RegExp {
  const fixed = clause.split(placeholder).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  // A placeholder alone would fit anything.
  return fixed.join('').trim().length < 4 ? /^$a/ : new RegExp(`^${fixed.join('.+')}$`)
}
