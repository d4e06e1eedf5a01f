// Makes a clone ready to run: `npm start`, `npm test` and the other commands call it first, then hand over to the pinned
// runtime. Plain JavaScript without dependencies, because it runs on the Node the machine happens to have.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildToolkitUis } from './lib/toolkit-uis.js'
import { buildWebApp } from './lib/web-app.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const runtime = join(root, 'node_modules/.bin/node')
const stamp = join(root, 'node_modules/.installed')

if (!isInstalled()) install()
if (!buildWebApp(root, runtime)) {
  fail(
    'The web app could not be built (the message is above).',
    'Mend what it says and run the same command again.',
  )
}
if (!buildToolkitUis(root, runtime)) {
  fail(
    "A toolkit's pages could not be built (the message is above).",
    'Mend what it says and run the same command again.',
  )
}

/** The stamp names what was installed, and is written last: without it an install is unfinished. */
function isInstalled() {
  return existsSync(runtime) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()
}

/** Native parts differ by platform, so a folder shared with another machine installs anew. */
function wanted() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(`${process.platform} ${process.arch}\n`).update(lock).digest('hex')
}

function install() {
  // A finished install is brought up to date in place, so a server running from it keeps its files; else start clean.
  const command = existsSync(stamp) && existsSync(runtime) ? ['install', '--no-save'] : ['ci']
  rmSync(stamp, { force: true })
  console.error(`Installing what package-lock.json names (npm ${command.join(' ')}) …`)
  const started = Date.now()
  // The runtime is a development dependency, and the engines the packages ask for are the runtime's, not this Node's.
  const options = ['--include=dev', '--engine-strict=false', '--loglevel=error', '--no-audit', '--no-fund']
  const npm = spawnSync('npm', [...command, ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: environment(),
  })
  if (npm.signal) fail(`The install was stopped (${npm.signal}).`, 'Run the same command again to finish it.')
  if (npm.error)
    fail(`npm could not be started (${npm.error.message}).`, 'Install Node 20 or newer with npm 10 or newer.')
  if (npm.status !== 0) {
    fail(
      `The install failed (npm's message is above).`,
      'Check that the package registry can be reached (npm ping), that npm is 10 or newer (npm --version)',
      'and that the disk has 1 GB free; then run the same command again.',
    )
  }
  const probe = spawnSync(runtime, ['--version'], { stdio: 'ignore' })
  if (probe.status !== 0) {
    fail(
      `The install left no runtime that works at ${runtime}.`,
      'It is set up by an install script: allow those (npm config set ignore-scripts false)',
      'and run the same command again.',
    )
  }
  writeFileSync(stamp, wanted())
  console.error(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

/** npm replaces the pinned runtime while it works, so it must not run on it. */
function environment() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(join(root, 'node_modules')))
  return { ...process.env, PATH: path.join(delimiter) }
}

function fail(what, ...next) {
  console.error(`\n${what}\n${next.join('\n')}`)
  process.exit(1)
}
