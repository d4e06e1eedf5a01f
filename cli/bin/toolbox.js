#!/usr/bin/env node
// Plain JavaScript, so that any Node can read it: an older one hands over to the runtime pinned for the repository.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const required = [24, 12]
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

if (isNewEnough(process.versions.node)) {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  await import('../src/main.ts')
} else {
  const pinned = findPinnedRuntime()
  // A pinned runtime that is itself too old would hand over to itself for ever.
  if (pinned && realpathSync(pinned) !== realpathSync(process.execPath)) handOver(pinned)
  else refuse()
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > required[0] || (major === required[0] && minor >= required[1])
}

function findPinnedRuntime() {
  for (let folder = dirname(main); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return null
  }
}

function handOver(runtime) {
  const child = spawn(runtime, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to both; the others reach this process alone and are passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`error: the pinned Node.js at ${runtime} did not start: ${error.message}\n`)
    process.exitCode = 70
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}

function refuse() {
  process.stderr.write(
    `error: toolbox needs Node.js ${required.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Run `npm install` in the repository, which brings the pinned runtime, or install a newer Node.js.\n',
  )
  process.exitCode = 70
}
