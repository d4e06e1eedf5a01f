import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { asReadOnly } from './read-only.ts'
import { paths, type Workspace } from './workspace.ts'

/** Makes the directory for what belongs to this checkout alone; it tells git to ignore itself. */
export function localState(workspace: Workspace): string {
  const directory = workspace.at(paths.local)
  const ignore = join(directory, '.gitignore')
  if (!existsSync(ignore)) {
    asReadOnly(directory, () => {
      makeDirectories(directory)
      writeFileSync(ignore, '*\n')
    })
  }
  return directory
}

/** One by one: of directories made at once on a read-only file system Node says that they are missing, not why. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return
  makeDirectories(dirname(directory))
  try {
    mkdirSync(directory)
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
