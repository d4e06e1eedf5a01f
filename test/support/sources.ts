import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'

const root = join(import.meta.dirname, '../..')

export type Source = {
  /** From the repository's root, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Every source file of the given folders, as written: tests too, installed and built files not. */
export function readSources(...folders: string[]): Source[] {
  const paths = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,js}`),
    { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist|coverage|data)$/.test(path) },
  )
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** The text with its comments blanked out; strings keep what looks like one. */
export function withoutComments(text: string): string {
  return text.replace(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token),
  )
}

/**
 * What a file imports, statically, for types alone, by re-export or dynamically. Own files come as paths from the root, the
 * workspaces as `contract` or `contract/jobs`, built-in modules as `node:fs`, libraries as `npm:zod`.
 */
export function importsOf({ path, text }: Source): string[] {
  const code = withoutComments(text)
  const statements = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g,
  ]
  return statements.flatMap((statement) =>
    [...code.matchAll(statement)].map(([, specifier = '']) => nameTarget(path, specifier)),
  )
}

function nameTarget(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(dirname(path), specifier)
  if (specifier.startsWith('@sre-toolbox/')) return specifier.slice('@sre-toolbox/'.length)
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`
  return `npm:${specifier}`
}
