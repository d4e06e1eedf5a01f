import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { HostedCode, ToolkitHosts } from '../../toolkits/ports.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { createHostProcess, type HostExit, type HostLimits } from './host-process.ts'
import { createChildRegister } from './process/orphans.ts'
import { prepareRuntime } from './process/runtime.ts'
import { spawnConfined } from './process/spawn.ts'

export interface ToolkitHostsOptions {
  /** Where toolkit code is unpacked; the code that runs in the hosts is put beside it. */
  readonly storageDirectory: string
  /** Notes of living processes, for `reapOrphans` at the next start. */
  readonly runDirectory: string
  readonly logger: Logger
  readonly clock?: Clock
  /** The variables that a toolkit may see: those that its manifest declares. */
  readonly environmentOf?: (code: HostedCode) => Readonly<Record<string, string>>
  /** A line that toolkit code printed. */
  readonly onOutput?: (code: HostedCode, level: 'info' | 'warn', text: string) => void
  readonly limits?: Partial<HostLimits>
  /** A process without work ends after this. */
  readonly idleMs?: number
  /** Processes of one toolkit version for work that must not be repeated; more of it waits. */
  readonly maxExclusive?: number
}

const defaultLimits: HostLimits = {
  heapMegabytes: 256,
  residentMegabytes: 512,
  pingEveryMs: 2000,
  unresponsiveAfterMs: 10_000,
  loadWithinMs: 30_000,
}

export function createToolkitHosts(options: ToolkitHostsOptions): ToolkitHosts {
  const { clock = systemClock, logger } = options
  const limits = { ...defaultLimits, ...options.limits }
  const register = createChildRegister(options.runDirectory)
  const fleets = new Map<string, Fleet>()
  const retiring = new Set<Fleet>()
  let runtime: ReturnType<typeof prepareRuntime> | null = null

  async function spawnHost(code: HostedCode, onExit: (exit: HostExit) => void) {
    runtime ??= prepareRuntime(options.storageDirectory).catch((error) => {
      runtime = null
      throw error
    })
    const { directory: runtimeDirectory, main } = await runtime
    const directory = await realpath(code.directory)
    const spawned = await spawnConfined({
      main,
      arguments: ['toolkit-host/child/serve.ts'],
      readable: [directory, runtimeDirectory],
      network: false,
      environment: {},
      workingDirectory: directory,
      heapMegabytes: limits.heapMegabytes,
      register,
    })
    return createHostProcess({
      code: { ...code, directory },
      environment: options.environmentOf?.(code) ?? {},
      spawned,
      startedAt: clock.now(),
      limits,
      onExit,
      onOutput: (level, text) => options.onOutput?.(code, level, text),
    })
  }

  function fleetOf(code: HostedCode): Fleet {
    const key = keyOf(code.slug, code.digest)
    let fleet = fleets.get(key)
    if (!fleet) {
      const { idleMs = 60_000, maxExclusive = 4 } = options
      fleet = createFleet({
        code,
        spawn: (onExit) => spawnHost(code, onExit),
        idleMs,
        maxExclusive,
        clock,
        logger,
      })
      fleets.set(key, fleet)
    }
    return fleet
  }

  return {
    async load(code) {
      const operations = await fleetOf(code).load()
      await compareWithManifest(code, operations)
      return { operations }
    },

    start: (code, call, services) => fleetOf(code).start(call, services),

    async retire(slug, digest) {
      const fleet = fleets.get(keyOf(slug, digest))
      if (!fleet) return
      fleets.delete(keyOf(slug, digest))
      retiring.add(fleet)
      await fleet.drain()
      retiring.delete(fleet)
    },

    list: () => [...fleets.values(), ...retiring].flatMap((fleet) => fleet.list()),

    async close() {
      await Promise.all([...fleets.values(), ...retiring].map((fleet) => fleet.close()))
    },
  }
}

function keyOf(slug: string, digest: string): string {
  return `${slug}@${digest}`
}

/** Throws when the manifest promises what the code doesn't define, or the reverse. */
async function compareWithManifest(code: HostedCode, defined: readonly string[]) {
  const manifest = JSON.parse(await readFile(join(code.directory, 'toolkit.json'), 'utf8')) as {
    operations: readonly { id: string }[]
    health?: { operation: string }
  }
  const promised = manifest.operations.map(({ id }) => id)
  const known = manifest.health ? [...promised, manifest.health.operation] : promised
  const missing = known.filter((id) => !defined.includes(id))
  const unknown = defined.filter((id) => !known.includes(id))
  if (missing.length === 0 && unknown.length === 0) return
  throw new Error(
    [
      ...missing.map((id) => `toolkit.json lists the operation ${id}, which ${code.entry} does not define.`),
      ...unknown.map((id) => `${code.entry} defines the operation ${id}, which toolkit.json does not list.`),
    ].join(' '),
  )
}
