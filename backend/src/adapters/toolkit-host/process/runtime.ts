import { readdir, readFile, realpath } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTree } from '../tree.ts'

/** Where our own code for child processes lies, and where it goes in the runtime directory. */
const sources = [
  { from: new URL('./', import.meta.url), to: 'toolkit-host/process/' },
  { from: new URL('../child/', import.meta.url), to: 'toolkit-host/child/' },
  { from: new URL('../egress/helper/', import.meta.url), to: 'toolkit-host/egress/helper/' },
  { from: new URL('./', import.meta.resolve('@sre-toolbox/sdk')), to: 'sdk/' },
]
const startFile = 'toolkit-host/process/start.ts'

export interface Runtime {
  /** All that a child process needs to read of ours. */
  readonly directory: string
  /** The file a child process starts with; takes the path of a module relative to the directory. */
  readonly main: string
}

/** Puts the code that runs in child processes, as plain JavaScript, into `<storage>/.runtime`. */
export async function prepareRuntime(storage: string): Promise<Runtime> {
  const tree = new Map<string, Buffer>()
  for (const { from, to } of sources) {
    for (const name of await readdir(from)) {
      if (!/\.[tj]s$/.test(name) || /\.test\.[tj]s$/.test(name)) continue
      tree.set(to + name, await readFile(new URL(name, from)))
    }
  }
  const start = tree.get(startFile) ?? tree.get(startFile.replace(/ts$/, 'js'))
  if (!start) throw new Error(`${startFile} is missing beside ${fileURLToPath(import.meta.url)}`)
  // By its name the start file needs none of the hooks that it installs.
  tree.set('start.mjs', Buffer.from(stripTypeScriptTypes(start.toString())))
  const written = await writeTree(tree, join(storage, '.runtime'))
  const directory = await realpath(written.directory)
  return { directory, main: join(directory, 'start.mjs') }
}
