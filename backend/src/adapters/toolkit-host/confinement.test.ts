import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HostEnd } from '../../toolkits/ports.ts'
import { createHostProcess } from './host-process.ts'
import { createChildRegister } from './process/orphans.ts'
import { prepareRuntime } from './process/runtime.ts'
import { spawnConfined } from './process/spawn.ts'
import { createScene } from './test/scene.ts'

const outside = mkdtempSync(join(tmpdir(), 'toolbox-outside-'))
const database = join(outside, 'toolbox.db')
const masterKey = join(outside, 'master.key')
const server = createServer((_request, response) => response.end('reached'))
let scene: Awaited<ReturnType<typeof createScene>>
let code: Awaited<ReturnType<typeof scene.install>>
let neighbour: typeof code

beforeAll(async () => {
  using created = new DatabaseSync(database)
  created.exec("create table secrets (value); insert into secrets values ('canary-row')")
  writeFileSync(join(outside, 'x.node'), '')
  writeFileSync(masterKey, 'canary-master-key')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  scene = await createScene()
  neighbour = await scene.install('neighbour', { noop: '() => null' })
  // Runs any expression, to say in one place that each attempt is made by code of the toolkit itself.
  code = await scene.install('sample', {
    attempt: `async ({ source, given }: { source: string; given: Record<string, unknown> }) => {
      const attempt = new Function('given', 'load', 'return (async () => (' + source + '))()')
      try {
        const outcome = await attempt(given, (name: string) => import(name))
        return { done: true, outcome: String(outcome) }
      } catch (error) {
        const { code, cause, message } = error as { code?: string; cause?: { code?: string }; message: string }
        return { done: false, code: code ?? cause?.code ?? null, message }
      }
    }`,
  })
})

afterAll(async () => {
  await scene[Symbol.asyncDispose]()
  server.close()
  rmSync(outside, { recursive: true, force: true })
})

function attempt(source: string) {
  const { port } = server.address() as AddressInfo
  const given = { database, masterKey, outside, port, parent: process.pid, neighbour: neighbour.directory }
  return scene.call(code, 'attempt', { source, given }) as Promise<{
    done: boolean
    code?: string
    message?: string
  }>
}

test('code can do what is its own business', async () => {
  expect(await attempt("(await load('node:fs')).readFileSync('toolkit.json', 'utf8').length > 0")).toEqual({
    done: true,
    outcome: 'true',
  })
  expect(await attempt("(await load('node:crypto')).randomUUID().length")).toMatchObject({ done: true })
})

const refusals =
  /ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED|restricted|not available to toolkits|Cannot redefine property|ERR_UNKNOWN_BUILTIN_MODULE|Cannot read properties of undefined \(reading 'writeReport'\)|Cannot find module '.*x\.node'/

const viaSocket = "new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))"

test.each([
  ["the parent's environment", "(await load('node:fs')).readFileSync('/proc/' + given.parent + '/environ')"],
  ['its own /proc', "(await load('node:fs')).readFileSync('/proc/self/maps')"],
  ['the database file', "(await load('node:fs')).readFileSync(given.database)"],
  [
    'the database by SQLite',
    "new (await load('node:sqlite')).DatabaseSync(given.database).prepare('select 1').get()",
  ],
  [
    'the database attached to one in memory',
    "new (await load('node:sqlite')).DatabaseSync(':memory:').exec(\"attach '\" + given.database + \"' as stolen\")",
  ],
  ['the master key', "(await load('node:fs/promises')).readFile(given.masterKey)"],
  ['the master key by a link', "(await load('node:fs')).symlinkSync(given.masterKey, 'key')"],
  ['the master key as a module', 'await load(given.masterKey)'],
  ["another toolkit's files", "(await load('node:fs')).readdirSync(given.neighbour)"],
  ["another toolkit's module", "await load(given.neighbour + '/server/index.ts')"],
  ['the storage directory', "(await load('node:fs')).readdirSync(given.neighbour + '/..')"],
  ['a file to write', "(await load('node:fs')).writeFileSync(given.outside + '/written', '')"],
  ['its own code to write', "(await load('node:fs')).writeFileSync('toolkit.json', '')"],
  ['another working directory', 'process.chdir(given.outside)'],
  [
    'the network by TCP',
    `{ const socket = (await load('node:net')).connect(given.port, '127.0.0.1'); return await ${viaSocket} }`,
  ],
  ['the network by HTTP', "(await fetch('http://127.0.0.1:' + given.port)).text()"],
  ['a name look-up', "(await load('node:dns/promises')).lookup('localhost')"],
  ['a name look-up by query', "(await load('node:dns/promises')).resolve4('localhost')"],
  [
    'a port to listen on',
    "{ const server = (await load('node:net')).createServer(); return await new Promise((resolve, reject) => server.once('error', reject).listen(0, resolve)) }",
  ],
  [
    'UDP',
    "new Promise((resolve, reject) => load('node:dgram').then((dgram) => dgram.createSocket('udp4').once('error', reject).send('x', given.port, '127.0.0.1', (error) => (error ? reject(error) : resolve('sent')))))",
  ],
  ['a child process', "(await load('node:child_process')).execFileSync('/bin/true')"],
  ['a fork', "(await load('node:child_process')).fork('server/index.ts')"],
  ['a program in its place', "process.execve('/bin/true', ['true'])"],
  ['a worker', "new (await load('node:worker_threads')).Worker('1', { eval: true })"],
  ['an add-on', "process.dlopen({ exports: {} }, given.outside + '/x.node')"],
  ['an add-on by require', "(await load('node:module')).createRequire('/')(given.outside + '/x.node')"],
  ['process.binding', "process.binding('fs')"],
  ['process._linkedBinding', "process._linkedBinding('fs')"],
  ['the inspector', "(await load('node:inspector')).open(0)"],
  ['an inspector session', "new (await load('node:inspector')).Session().connect()"],
  ['WASI', "new (await load('node:wasi')).WASI({ version: 'preview1', preopens: { '/': '/' } })"],
  ["the parent's life", "process.kill(given.parent, 'SIGTERM')"],
  ["the parent's life by another name", "(await load('node:process')).kill(given.parent, 0)"],
  ["the parent's life underneath", 'process._kill(given.parent, 15)'],
  ["the parent's debugger", 'process._debugProcess(given.parent)'],
  ["the parent's priority", "(await load('node:os')).setPriority(given.parent, 19)"],
  ["the parent's priority by require", "process.getBuiltinModule('os').setPriority(given.parent, 19)"],
  ['another user', 'process.setuid(12345)'],
  ['a diagnostic report', 'process.report.writeReport(given.outside)'],
  ['a heap snapshot', "(await load('node:v8')).writeHeapSnapshot(given.outside + '/heap')"],
  ["V8's flags", "(await load('node:v8')).setFlagsFromString('--max-old-space-size=100000')"],
  ['what was taken away', "Object.defineProperty(process, 'kill', { value: 1 })"],
  [
    'traces written to a file',
    "(await load('node:trace_events')).createTracing({ categories: ['v8'] }).enable()",
  ],
])('code is refused %s', async (_what, source) => {
  const wrapped = source.startsWith('{') ? `await (async () => ${source})()` : source
  const outcome = await attempt(wrapped)
  expect(outcome).toMatchObject({ done: false })
  // Refused, and not merely mistaken in this test.
  expect(`${outcome.code} ${outcome.message}`).toMatch(refusals)
})

test('the process holds no variable of its parent, and no debugger answers its signal', async () => {
  expect(await attempt('JSON.stringify(process.env)')).toEqual({ done: true, outcome: '{}' })
  const { pid } = scene.hosts.list().find(({ slug }) => slug === 'sample') as { pid: number }
  process.kill(pid, 'SIGUSR1')
  await attempt('1')
  expect(scene.output.join('\n')).not.toContain('Debugger listening')
})

test('where the runtime can not refuse the network, its modules do', async () => {
  const { directory, main } = await prepareRuntime(scene.storageDirectory)
  const register = createChildRegister(join(scene.root, 'run'))
  const spawned = await spawnConfined({
    main,
    arguments: ['toolkit-host/child/serve.ts'],
    readable: [directory, code.directory],
    network: true,
    environment: {},
    workingDirectory: code.directory,
    heapMegabytes: 64,
    register,
  })
  const limits = {
    heapMegabytes: 64,
    residentMegabytes: 200,
    pingEveryMs: 1000,
    unresponsiveAfterMs: 5000,
    loadWithinMs: 5000,
  }
  const host = createHostProcess({
    code,
    environment: {},
    spawned,
    startedAt: 0,
    limits,
    onOutput() {},
    onExit() {},
  })
  const services = { log: async () => {}, progress() {}, request: async () => null }
  const { port } = server.address() as AddressInfo
  const sources = [
    "(await fetch('http://127.0.0.1:' + given.port)).text()",
    "(await load('node:http')).get('http://127.0.0.1:' + given.port)",
    "(await load('node:net')).connect(given.port)",
    "(await load('node:net')).createServer().listen(0)",
    "(await load('node:dgram')).createSocket('udp4')",
    "(await load('node:dns')).lookup('localhost', () => {})",
    "(await load('node:dns/promises')).resolve4('localhost')",
    "new (await load('node:dns')).Resolver().resolve4('localhost', () => {})",
  ]
  for (const source of sources) {
    const call = {
      operation: 'attempt',
      input: { source, given: { port } },
      settings: {},
      job: null,
      exclusive: false,
    }
    const end = await new Promise<HostEnd>((resolve) => host.run(call, services, resolve))
    expect(end, source).toMatchObject({ output: { done: false, code: 'ERR_ACCESS_DENIED' } })
  }
  await host.stop('was stopped')
})
