import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * First code of every child process. The `.ts` files it is given hold plain JavaScript already, so they are loaded as they are: to
 * strip types here would cost each process 16 MB. Everything else is imported after the hooks are in place.
 */
const sdk = new URL('./sdk/', import.meta.url)

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@sre-toolbox/sdk') return asModule(new URL('index.ts', sdk))
    if (specifier === '@sre-toolbox/sdk/host') return asModule(new URL('host.ts', sdk))
    if (!isPlainModule(specifier)) return next(specifier, context)
    return asModule(new URL(specifier, context.parentURL))
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !isModuleName(url)) return next(url, context)
    return { format: 'module', source: readFileSync(fileURLToPath(url)), shortCircuit: true }
  },
})

/** Resolved here, because Node would look for `package.json` files in directories that the process may not read. */
function isPlainModule(specifier: string): boolean {
  return /^(\.{0,2}\/|file:)/.test(specifier) && isModuleName(specifier)
}

function isModuleName(name: string): boolean {
  return /\.(ts|mts|js|mjs)$/.test(name)
}

function asModule(url: URL) {
  return { url: url.href, format: 'module' as const, shortCircuit: true }
}

await import(new URL(process.argv[2] as string, import.meta.url).href)
