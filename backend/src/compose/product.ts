import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadPersonas } from '@sre-toolbox/codex/personas'
import type { GuideSource } from '../documentation/index.ts'
import type { Personas } from '../identity/index.ts'
import type { CallerPersona } from '../kernel/caller.ts'

const root = new URL('../../../', import.meta.url)

export const productVersion: string = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version

/** Each directory in it is a toolkit that comes with the product. */
export const bundledToolkits: string = fileURLToPath(new URL('toolkits', root))

/** The `toolbox` command, to be run by Node. */
export const toolboxCommand: string = fileURLToPath(new URL('cli/bin/toolbox.js', root))

/** Where the web app is built to. */
export const webAppDirectory: string = fileURLToPath(new URL('frontend/dist', root))

/** The guides that come with the product. Those for people at a terminal or an editor are what their packages say. */
export const productGuides: readonly GuideSource[] = [
  { path: 'frontend/documentation', name: '', group: 'Guides' },
  { path: 'cli/README.md', name: 'command-line', group: 'Reference' },
  { path: 'sdk/README.md', name: 'toolkit-sdk', group: 'Reference' },
].map((source) => ({
  ...source,
  place: fileURLToPath(new URL(source.path, root)),
  toolkit: null,
  version: productVersion,
}))

/** Read when the first token is bound to one, and kept: a persona's token names one with every request. */
export function createPersonas(): Personas {
  let loaded: ReadonlyMap<string, CallerPersona> | null = null
  function all() {
    loaded ??= new Map(
      loadPersonas().map(({ slug, operations, toolkitEffects }) => [
        slug,
        { name: slug, operations, toolkitEffects },
      ]),
    )
    return loaded
  }
  return { find: (name) => all().get(name), names: () => [...all().keys()] }
}
