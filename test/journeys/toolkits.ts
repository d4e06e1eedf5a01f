import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { temporaryDirectory } from '../support/temporary.ts'

const sources = join(import.meta.dirname, 'toolkits')

/** A directory with the toolkits that lie here, the pages of `gauge` built as any author builds them. */
export async function buildJourneyToolkits() {
  const directory = await temporaryDirectory()
  await cp(sources, directory.path, {
    recursive: true,
    filter: (path) => !/\/(dist|ui|vite\.config\.ts)$/.test(path),
  })
  await build({
    root: join(sources, 'gauge'),
    configLoader: 'native',
    logLevel: 'error',
    build: { outDir: join(directory.path, 'gauge/dist/ui') },
  })
  return directory
}
