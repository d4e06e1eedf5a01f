import { describe, expect, it } from 'vitest'
import { importsOf, readSources, type Source, withoutComments } from './support/sources.ts'

// Who may import whom. A file belongs to the first layer whose pattern fits; the part in brackets is its own folder, which
// it may always import. Tests reach anywhere.

const contract = /^contract(\/|$)/
const sdk = /^sdk(\/|$)/
/** Types alone: the code is the shell's, which a toolkit's page finds at run time. */
const sdkUi = /^sdk\/ui$/
const shared = /^npm:react(-dom|-router|\/jsx-runtime)?$/
const codex = /^codex(\/|$)/
const kernel = /^backend\/src\/kernel\//
const builtIn = /^node:/
const library = /^npm:/
const stylesheet = /^frontend\/src\/.*\.css$/
/** A library that does not tie the code to a transport, a database, a broker or a vault. */
const plainLibrary =
  /^npm:(?!fastify|@fastify\/|bullmq|ioredis|kysely|better-sqlite3|pg$|node-vault|openid-client|ldapts)/
const plainBuiltIn = /^node:(?!sqlite)/
const ports = /^backend\/src\/[^/]+\/ports\.ts$/
const face = /^backend\/src\/[^/]+\/index\.ts$/
/** What a toolkit's process and the control plane share: the messages between them and the pipe they travel by. */
const wire = /^backend\/src\/adapters\/toolkit-host\/(messages|process\/channel)\.ts$/
const operations = /^backend\/src\/[^/]+\/operations\.ts$/

const layers: { files: RegExp; may: RegExp[]; never?: RegExp }[] = [
  { files: /^(contract)\//, may: [/^npm:zod$/] },
  { files: /^(sdk\/src\/ui)\//, may: [shared] },
  { files: /^(sdk\/src\/build)\//, may: [/^npm:vite$/, builtIn] },
  { files: /^(sdk)\//, may: [contract, builtIn] },
  { files: /^(toolkits\/[^/]+\/ui)\//, may: [sdkUi, shared] },
  { files: /^(toolkits\/[^/]+)\//, may: [sdk, builtIn] },
  { files: /^(codex)\//, may: [contract, builtIn, library] },
  { files: /^(frontend\/src\/lib)\//, may: [contract, library, stylesheet] },
  { files: /^(frontend\/src\/components)\//, may: [/^frontend\/src\/lib\//, contract, library, stylesheet] },
  {
    files: /^(frontend\/src\/(?:shell|features\/[^/]+))\//,
    may: [/^frontend\/src\/(lib|components)\//, contract, sdkUi, library, stylesheet],
  },
  { files: /^(frontend\/src)\/[^/]+$/, may: [contract, library] },
  { files: /^(frontend)\//, may: [contract, /^sdk\/build$/, builtIn, library] },
  { files: /^(cli)\//, may: [contract, sdk, codex, /^backend\/(main|backup)$/, builtIn, library] },
  { files: /^(backend\/src\/adapters\/toolkit-host\/child)\//, may: [wire, sdk, builtIn] },
  { files: /^(backend\/src\/adapters\/toolkit-host\/process\/(?:channel|start)\.ts)$/, may: [builtIn] },
  { files: /^(backend\/src\/adapters\/[^/]+)\//, may: [kernel, ports, contract, sdk, builtIn, library] },
  {
    files: /^(backend\/src\/transports)\//,
    may: [kernel, operations, face, contract, sdk, builtIn, library],
    never: /^npm:(kysely|better-sqlite3|pg|bullmq|ioredis)$/,
  },
  { files: /^(backend\/src\/compose)\//, may: [/./] },
  {
    files: /^backend\/src\/(main\.ts)$/,
    may: [/^backend\/src\/compose\//, kernel, contract, builtIn, library],
  },
  { files: /^(backend\/src\/kernel)\//, may: [contract, plainBuiltIn, plainLibrary] },
  {
    files: /^(backend\/src\/[^/]+)\/(?:[^/]+\/)*[^/]+\.sql\.ts$/,
    may: [kernel, contract, /^backend\/src\/adapters\/sql\//, /^npm:kysely$/, builtIn],
  },
  {
    files: /^(backend\/src\/(?:audit|identity))\//,
    may: [kernel, contract, plainBuiltIn, plainLibrary],
    never: /\.sql\.ts$/,
  },
  {
    files: /^(backend\/src\/[^/]+)\//,
    may: [kernel, contract, sdk, codex, face, plainBuiltIn, plainLibrary],
    never: /\.sql\.ts$/,
  },
]

const isTest = (path: string) => /\.(test|contract)\.tsx?$|\/test\//.test(path)

/** Whether a file may import a target (as named by `importsOf`). */
function isAllowed(path: string, target: string): boolean {
  if (isTest(path)) return true
  for (const { files, may, never } of layers) {
    const own = files.exec(path)?.[1]
    if (own === undefined) continue
    if (never?.test(target)) return false
    return target.startsWith(`${own}/`) || target === own || may.some((rule) => rule.test(target))
  }
  return false
}

function findForbiddenImports(sources: Source[]): string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter((target) => !isAllowed(source.path, target))
      .map((target) => `${source.path} imports ${target}`),
  )
}

/** The first round trip among the backend's slices, as `jobs → toolkits → jobs`, if there is one. */
function findCycle(sources: Source[]): string | undefined {
  const sliceOf = (path: string) =>
    /^backend\/src\/(?!adapters|transports|compose|kernel)([^/]+)\//.exec(path)?.[1]
  const needs = new Map<string, Set<string>>()
  for (const source of sources.filter(({ path }) => !isTest(path))) {
    const from = sliceOf(source.path)
    if (!from) continue
    const targets = importsOf(source).flatMap((target) => sliceOf(target) ?? [])
    needs.set(from, new Set([...(needs.get(from) ?? []), ...targets.filter((target) => target !== from)]))
  }
  const follow = (trail: string[]): string | undefined => {
    const slice = trail.at(-1) ?? ''
    if (trail.indexOf(slice) < trail.length - 1) return trail.slice(trail.indexOf(slice)).join(' → ')
    return [...(needs.get(slice) ?? [])].map((next) => follow([...trail, next])).find(Boolean)
  }
  return [...needs.keys()].map((slice) => follow([slice])).find(Boolean)
}

function findModeWords(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => !/^backend\/src\/(compose\/|main\.ts$)/.test(path) && !isTest(path))
    .filter(({ text }) => /embedded|distributed/i.test(withoutComments(text)))
    .map(({ path }) => path)
}

function findEnvironmentReaders(sources: Source[]): string[] {
  return (
    sources
      .filter(({ path }) => path !== 'backend/src/compose/config.ts' && !isTest(path))
      // In a toolkit's own process the environment is the toolkit's.
      .filter(({ path }) => !path.startsWith('backend/src/adapters/toolkit-host/child/'))
      .filter(
        (source) =>
          /\bprocess\s*(?:\?\.|\.)\s*env\b|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/.test(
            withoutComments(source.text),
          ) || importsOf(source).includes('node:process'),
      )
      .map(({ path }) => path)
  )
}

function findLongFiles(sources: Source[]): string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 400)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

const backend = readSources('backend/src')
const packages = [...backend, ...readSources('contract', 'sdk', 'codex', 'cli', 'frontend', 'toolkits')]
const everything = [...packages, ...readSources('bench', 'test', 'scripts')]

describe('the sources', () => {
  it('are found', () => {
    expect(backend.map(({ path }) => path)).toContain('backend/src/kernel/errors.ts')
    expect(everything.length).toBeGreaterThan(packages.length)
  })

  it('import what their layer may', () => expect(findForbiddenImports(packages)).toEqual([]))
  it('hold no cycle between slices', () => expect(findCycle(backend)).toBeUndefined())
  it('speak of modes in compose/ and main.ts alone', () => expect(findModeWords(backend)).toEqual([]))
  it('read the environment in compose/config.ts alone', () =>
    expect(findEnvironmentReaders(backend)).toEqual([]))
  it('have at most 400 lines a file', () => expect(findLongFiles(everything)).toEqual([]))
})

describe('the rules', () => {
  const file = (path: string, text: string): Source => ({ path, text })

  it('see every form of import, and none in a comment', () => {
    const text = `
      import { a,
        b } from './a.ts'
      import type { C } from "@sre-toolbox/contract/jobs"
      import './effect.ts'
      export * from '../other/index.ts'
      const late = await import('zod')
      // import { no } from './comment.ts'
      /* import './comment.ts' */
      const url = 'https://example.test' // import './comment.ts'
      import fs from 'fs'`
    expect(importsOf(file('backend/src/jobs/x.ts', text)).sort()).toEqual([
      'backend/src/jobs/a.ts',
      'backend/src/jobs/effect.ts',
      'backend/src/other/index.ts',
      'contract/jobs',
      'node:fs',
      'npm:zod',
    ])
  })

  it.each([
    ['contract/src/jobs.ts', 'node:fs'],
    ['contract/src/jobs.ts', 'npm:fastify'],
    ['sdk/src/toolkit.ts', 'backend/main'],
    ['toolkits/regex/server/index.ts', 'contract'],
    ['toolkits/regex/server/index.ts', 'toolkits/other/server/index.ts'],
    ['toolkits/regex/server/index.ts', 'npm:zod'],
    ['codex/src/index.ts', 'backend/main'],
    ['cli/src/main.ts', 'backend/src/compose/app.ts'],
    ['backend/src/jobs/jobs.ts', 'npm:fastify'],
    ['backend/src/jobs/jobs.ts', 'npm:@fastify/cookie'],
    ['backend/src/jobs/jobs.ts', 'npm:kysely'],
    ['backend/src/jobs/jobs.ts', 'node:sqlite'],
    ['backend/src/jobs/jobs.ts', 'backend/src/jobs/store.sql.ts'],
    ['backend/src/jobs/jobs.ts', 'backend/src/toolkits/toolkits.ts'],
    ['backend/src/jobs/jobs.ts', 'backend/src/adapters/sql/database.ts'],
    ['backend/src/jobs/jobs.ts', 'backend/src/compose/config.ts'],
    ['backend/src/jobs/store.sql.ts', 'backend/src/toolkits/index.ts'],
    ['backend/src/jobs/store.sql.ts', 'backend/src/adapters/toolkit-host/host.ts'],
    ['backend/src/audit/audit.ts', 'backend/src/jobs/index.ts'],
    ['backend/src/identity/users.ts', 'backend/src/audit/index.ts'],
    ['backend/src/kernel/errors.ts', 'backend/src/jobs/index.ts'],
    ['backend/src/adapters/sql/database.ts', 'backend/src/jobs/jobs.ts'],
    ['backend/src/adapters/sql/database.ts', 'backend/src/adapters/vault/vault.ts'],
    ['backend/src/adapters/toolkit-host/child/main.ts', 'backend/src/kernel/errors.ts'],
    ['backend/src/adapters/toolkit-host/child/main.ts', 'backend/src/adapters/toolkit-host/hosts.ts'],
    ['backend/src/adapters/toolkit-host/child/main.ts', 'npm:ajv'],
    ['backend/src/adapters/toolkit-host/process/channel.ts', 'backend/src/kernel/errors.ts'],
    ['backend/src/transports/http/server.ts', 'backend/src/adapters/sql/database.ts'],
    ['backend/src/transports/http/server.ts', 'backend/src/jobs/jobs.ts'],
    ['backend/src/main.ts', 'backend/src/jobs/index.ts'],
    ['backend/src/stray.ts', 'backend/src/kernel/errors.ts'],
  ])('refuse %s → %s', (path, target) => expect(isAllowed(path, target)).toBe(false))

  it.each([
    ['backend/src/jobs/jobs.ts', 'backend/src/toolkits/index.ts'],
    ['backend/src/jobs/store.sql.ts', 'backend/src/adapters/sql/database.ts'],
    ['backend/src/jobs/jobs.test.ts', 'backend/src/jobs/store.sql.ts'],
    ['backend/src/transports/http/server.ts', 'npm:fastify'],
    ['backend/src/compose/app.ts', 'backend/src/adapters/sql/database.ts'],
    ['backend/src/main.ts', 'backend/src/compose/config.ts'],
    ['cli/src/serve.ts', 'backend/main'],
    ['toolkits/regex/server/index.ts', 'sdk'],
    ['backend/src/adapters/toolkit-host/child/main.ts', 'sdk/manifest'],
  ])('allow %s → %s', (path, target) => expect(isAllowed(path, target)).toBe(true))

  it('find a cycle through several slices', () => {
    const chain = [
      file('backend/src/a/a.ts', `import { b } from '../b/index.ts'`),
      file('backend/src/b/b.ts', `export { c } from '../c/index.ts'`),
    ]
    expect(findCycle(chain)).toBeUndefined()
    const closed = [...chain, file('backend/src/c/c.ts', `import type { A } from '../a/index.ts'`)]
    expect(findCycle(closed)).toBe('a → b → c → a')
  })

  it('find words, readers of the environment and long files', () => {
    const path = 'backend/src/jobs/jobs.ts'
    expect(findModeWords([file(path, `if (mode === 'embedded') start()`)])).toEqual([path])
    expect(findModeWords([file(path, '// as when distributed\nstart()')])).toEqual([])
    expect(findModeWords([file('backend/src/compose/app.ts', `startEmbedded()`)])).toEqual([])
    expect(findEnvironmentReaders([file(path, 'const home = process.env.HOME')])).toEqual([path])
    expect(findEnvironmentReaders([file(path, 'const { env } = process')])).toEqual([path])
    expect(findEnvironmentReaders([file(path, `import { env } from 'node:process'`)])).toEqual([path])
    expect(findEnvironmentReaders([file(path, `// process.env is read elsewhere`)])).toEqual([])
    expect(findEnvironmentReaders([file('backend/src/compose/config.ts', 'process.env')])).toEqual([])
    expect(findLongFiles([file(path, 'x\n'.repeat(400))])).toEqual([])
    expect(findLongFiles([file(path, 'x\n'.repeat(401))])).toEqual([`${path} has 401 lines`])
  })
})
