import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Of all files at the given paths: changes when one of them does. */
export function digestOf(root, sources) {
  const digest = createHash('sha256')
  for (const source of sources) {
    for (const file of filesOf(join(root, source))) digest.update(`${file}\0`).update(readFileSync(file))
  }
  return digest.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}
