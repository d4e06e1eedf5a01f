import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asReadOnly } from './read-only.ts'
import { paths, type Workspace } from './workspace.ts'

/** Makes the directory for what belongs to this checkout alone; it tells git to ignore itself. */
export function localState(workspace: Workspace): string {
  const directory = workspace.at(paths.local)
  const ignore = join(directory, '.gitignore')
  if (!existsSync(ignore)) {
    asReadOnly(directory, () => {
      mkdirSync(directory, { recursive: true })
      writeFileSync(ignore, '*\n')
    })
  }
  return directory
}
