// Builds the web app when what it is made from has changed. Runs on the Node the machine has, like prepare.js.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf } from './digest.js'

const sources = [
  'contract/src',
  'frontend/build',
  'frontend/index.html',
  'frontend/package.json',
  'frontend/public',
  'frontend/src',
  'frontend/vite.config.ts',
  'package-lock.json',
  'sdk/src/build',
  'sdk/src/ui',
]

/** Returns false when the build failed; its output has been shown. */
export function buildWebApp(root, runtime) {
  const stamp = join(root, 'frontend/dist/.built')
  const wanted = digestOf(root, sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  console.error('Building the web app …')
  const started = Date.now()
  // Without the stamp the build is unfinished.
  rmSync(stamp, { force: true })
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const build = spawnSync(runtime, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'frontend'),
    stdio: ['ignore', 2, 2],
  })
  if (build.status !== 0) return false
  writeFileSync(stamp, wanted)
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  return true
}
