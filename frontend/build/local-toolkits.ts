import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { shareModules } from '@sre-toolbox/sdk/build'
import type { Plugin } from 'vite'

const table = '/shell/toolkit-ui/local-toolkits.ts'

/**
 * Gives the shell under development the source of toolkits' user interfaces, each loaded anew when a file of it changes.
 * Each directory holds toolkits in directories of their own.
 */
export function localToolkits(directories: readonly string[]): Plugin[] {
  const entries = new Map(directories.flatMap(sourcesIn))
  const roots = [...entries.values()].map((entry) => entry.slice(0, -'index.tsx'.length))
  return [
    {
      ...shareModules((importer) => roots.some((root) => importer.startsWith(root))),
      apply: 'serve',
    },
    {
      name: 'local-toolkits',
      apply: 'serve',
      enforce: 'pre',
      config: () => ({ server: { fs: { allow: ['..', ...directories] } } }),
      load(id) {
        if (!id.endsWith(table)) return null
        const rows = [...entries].map(([slug, entry]) => {
          const url = JSON.stringify(`/@fs${entry.split(sep).join('/')}`)
          return `${JSON.stringify(slug)}: { url: ${url}, load: () => import(${url}) }`
        })
        return `export const localToolkits = { ${rows.join(', ')} }`
      },
      transform(code, id) {
        const slug = [...entries].find(([, entry]) => entry === id)?.[0]
        if (slug === undefined) return null
        return `${code}
          import.meta.hot?.accept((module) => {
            const detail = { slug: ${JSON.stringify(slug)}, module }
            if (module) window.dispatchEvent(new CustomEvent('toolkit-ui-changed', { detail }))
          })`
      },
    },
  ]
}

function sourcesIn(directory: string): [slug: string, entry: string][] {
  return readdirSync(directory).flatMap((name) => {
    const entry = join(directory, name, 'ui/index.tsx')
    const manifest = join(directory, name, 'toolkit.json')
    if (!existsSync(entry) || !existsSync(manifest)) return []
    return [[JSON.parse(readFileSync(manifest, 'utf8')).slug, entry]]
  })
}
