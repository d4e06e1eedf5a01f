import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadPersonas } from '@sre-toolbox/codex/personas'
import type { Personas } from '../identity/index.ts'

const root = new URL('../../../', import.meta.url)

export const productVersion: string = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version

/** Each directory in it is a toolkit that comes with the product. */
export const bundledToolkits: string = fileURLToPath(new URL('toolkits', root))

/** Read when the first token is bound to one. */
export const personas: Personas = {
  find: (name) => {
    const found = loadPersonas().find(({ slug }) => slug === name)
    if (!found) return undefined
    const { slug, operations, toolkitEffects } = found
    return { name: slug, operations, toolkitEffects }
  },
  names: () => loadPersonas().map(({ slug }) => slug),
}
