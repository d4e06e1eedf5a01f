import { createRequire, syncBuiltinESMExports } from 'node:module'

/**
 * Takes away what Node's permission model leaves open: signals and priorities of other processes, V8's flags. Runs
 * before toolkit code is loaded; what is taken away can't be put back.
 */
export function lockDown() {
  const require = createRequire(import.meta.url)
  const process = require('node:process') as object
  refuse(process, [
    'kill',
    '_kill',
    '_debugProcess',
    '_debugEnd',
    'dlopen',
    'binding',
    '_linkedBinding',
    'execve',
  ])
  refuse(process, ['setuid', 'setgid', 'seteuid', 'setegid', 'setgroups', 'initgroups', 'umask'])
  replace(process, 'report', undefined)
  refuse(require('node:os') as object, ['setPriority'])
  refuse(require('node:v8') as object, ['setFlagsFromString', 'setHeapSnapshotNearHeapLimit'])
  if (mayUseNetwork()) refuseNetwork(require)
  expectNoSqlite()
  syncBuiltinESMExports()
}

/** It reads and writes any file, whatever the permission model says. */
function expectNoSqlite() {
  if (globalThis.process.getBuiltinModule('node:sqlite') === undefined) return
  throw new Error(
    'This Node.js offers node:sqlite in spite of --no-experimental-sqlite; toolkits are not safe on it.',
  )
}

/** True on a Node whose permission model doesn't know the network. */
function mayUseNetwork(): boolean {
  const { allowedNodeEnvironmentFlags, permission } = globalThis.process
  return !allowedNodeEnvironmentFlags.has('--allow-net') || permission.has('net')
}

function refuseNetwork(require: NodeJS.Require) {
  const net = require('node:net') as typeof import('node:net')
  const dns = require('node:dns') as typeof import('node:dns')
  refuse(net.Socket.prototype, ['connect'])
  refuse(net.Server.prototype, ['listen'])
  refuse(require('node:dgram') as object, ['createSocket', 'Socket'])
  for (const place of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    refuse(
      place,
      namesOf(place).filter((name) => /^(lookup|resolve|reverse)/.test(name)),
    )
  }
}

function namesOf(place: object): string[] {
  const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(place))
  return [...new Set([...Object.getOwnPropertyNames(place), ...inherited])]
}

function refuse(owner: object, names: readonly string[]) {
  for (const name of names) {
    replace(owner, name, () => {
      throw Object.assign(new Error(`${name} is not available to toolkits.`), { code: 'ERR_ACCESS_DENIED' })
    })
  }
}

function replace(owner: object, name: string, value: unknown) {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true })
}
