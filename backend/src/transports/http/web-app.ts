import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { contentTypeOf, contentTypes } from '../../kernel/content-types.ts'

/** A file of the built web app, in each encoding it was laid down in. */
export interface WebFile {
  readonly contentType: string
  readonly etag: string
  /** Its name holds a hash of its content, so it never changes. */
  readonly immutable: boolean
  readonly bodies: { readonly identity: Buffer; readonly br?: Buffer; readonly gzip?: Buffer }
}

export interface WebApp {
  /** By path, such as `/assets/index-5f3a.js`. */
  readonly files: ReadonlyMap<string, WebFile>
  /** Answers at every page of the app. */
  readonly page: WebFile
}

/** Reads the web app from the directory it was built to; null when it was not built. It is small, so it stays in memory. */
export function readWebApp(directory: string): WebApp | null {
  const at = (path: string) => join(directory, path)
  if (!existsSync(at('index.html'))) return null
  const read = (path: string): WebFile => {
    const identity = readFileSync(at(path))
    const compressed = (ending: string) =>
      existsSync(at(path + ending)) ? readFileSync(at(path + ending)) : null
    const br = compressed('.br')
    const gzip = compressed('.gz')
    return {
      contentType: contentTypeOf(path),
      etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
      immutable: path.startsWith('assets/'),
      bodies: { identity, ...(br && { br }), ...(gzip && { gzip }) },
    }
  }
  const paths = globSync('**/*.*', { cwd: directory }).filter((path) => extname(path) in contentTypes)
  const files = new Map(paths.map((path) => [`/${path.replaceAll('\\', '/')}`, read(path)]))
  const page = files.get('/index.html')
  files.delete('/index.html')
  return page ? { files, page } : null
}
