import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type {
  HostCall,
  HostEnd,
  HostedCode,
  HostLogLine,
  HostProgress,
  HostServices,
} from '../../../toolkits/ports.ts'
import { createToolkitHosts, materialise, type ToolkitHostsOptions } from '../index.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Real hosts with their directories in a temporary place; ends with `await using`. */
export async function createScene(options: Partial<ToolkitHostsOptions> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'toolbox-hosts-'))
  const storageDirectory = join(root, 'toolkits')
  const output: string[] = []
  const hosts = createToolkitHosts({
    storageDirectory,
    runDirectory: join(root, 'run'),
    logger: silent,
    onOutput: (_code, level, text) => output.push(`${level} ${text}`),
    ...options,
  })

  /** Installs a toolkit whose handlers are given as source text, by operation id. */
  async function install(
    slug: string,
    handlers: Readonly<Record<string, string>>,
    preamble = '',
  ): Promise<HostedCode> {
    const operations = Object.keys(handlers).map((id) => ({ id }))
    const entries = Object.entries(handlers).map(([id, source]) => `${id}: defineOperation(${source})`)
    return installFiles(slug, {
      'toolkit.json': JSON.stringify({ slug, operations }),
      'server/index.ts': `
        import { defineOperation, defineToolkit, OperationError, type ToolkitContext } from '@sre-toolbox/sdk'
        ${preamble}
        export default defineToolkit({ operations: { ${entries.join(',\n')} } })`,
    })
  }

  async function installFiles(slug: string, files: Readonly<Record<string, string>>): Promise<HostedCode> {
    const source = join(root, 'source', slug)
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(source, path)), { recursive: true })
      writeFileSync(join(source, path), content)
    }
    const { digest, directory } = await materialise({ slug, source, storage: storageDirectory })
    return { slug, version: '1.0.0', digest, directory, entry: 'server/index.ts' }
  }

  function start(
    code: HostedCode,
    operation: string,
    input: unknown = {},
    how: Partial<HostCall & HostServices> = {},
  ) {
    const logs: HostLogLine[] = []
    const reports: HostProgress[] = []
    const run = hosts.start(
      code,
      {
        operation,
        input,
        settings: how.settings ?? {},
        job: how.job ?? null,
        exclusive: how.exclusive ?? false,
      },
      {
        log: how.log ?? (async (lines) => void logs.push(...lines)),
        progress: how.progress ?? ((update) => void reports.push(update)),
        request: how.request ?? (async () => null),
      },
    )
    return { ...run, logs, reports }
  }

  return {
    root,
    storageDirectory,
    hosts,
    output,
    install,
    installFiles,
    start,
    /** The output of an operation that succeeds. */
    async call(code: HostedCode, operation: string, input?: unknown, how?: Partial<HostCall & HostServices>) {
      return outputOf(await start(code, operation, input, how).ended)
    },
    async [Symbol.asyncDispose]() {
      await hosts.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function outputOf(end: HostEnd): unknown {
  if (end.kind === 'succeeded') return end.output
  throw new Error(`${end.kind}: ${end.message}`)
}

export async function until(condition: () => boolean, withinMs = 10_000) {
  const deadline = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not reached within ${withinMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
