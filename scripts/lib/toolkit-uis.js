// Builds the user interfaces of the bundled toolkits that have changed. Runs on the Node the machine has, like prepare.js.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf } from './digest.js'

const shared = ['sdk/src/ui', 'sdk/src/build', 'package-lock.json']

/** Returns false when a build failed; its output has been shown. */
export function buildToolkitUis(root, runtime) {
  const changed = withUi(root).flatMap((toolkit) => {
    const stamp = join(root, toolkit, 'dist/ui/.built')
    const sources = [`${toolkit}/ui`, `${toolkit}/vite.config.ts`, `${toolkit}/package.json`]
    const wanted = digestOf(root, [...shared, ...sources])
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted ? [] : [{ toolkit, stamp, wanted }]
  })
  if (changed.length === 0) return true
  console.error(
    `Building the pages of ${changed.length === 1 ? 'a toolkit' : `${changed.length} toolkits`} …`,
  )
  const started = Date.now()
  for (const { stamp } of changed) rmSync(stamp, { force: true })
  const build = spawnSync(
    runtime,
    [join(root, 'scripts/lib/build-toolkit-uis.js'), ...changed.map(({ toolkit }) => join(root, toolkit))],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  if (build.status !== 0) return false
  for (const { stamp, wanted } of changed) writeFileSync(stamp, wanted)
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

function withUi(root) {
  if (!existsSync(join(root, 'toolkits'))) return []
  return readdirSync(join(root, 'toolkits'))
    .map((name) => `toolkits/${name}`)
    .filter((toolkit) => existsSync(join(root, toolkit, 'ui/index.tsx')))
}
