import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { ToolboxError } from '../kernel/errors.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import type { Toolkit } from './toolkit.ts'
import { disabled } from './toolkit-operation.ts'

/** Where browsers find the module of a toolkit's user interface; null when it has none. */
export function uiUrl({ slug, manifest, code }: Toolkit): string | null {
  return manifest.ui === undefined ? null : `/toolkit-assets/${slug}/${code.digest}/${manifest.ui}`
}

/** Where a toolkit's user interface is: as it was built where the toolkit came from, and as browsers are given it. */
export function uiPlaces(active: ActiveToolkits, slug: string) {
  const toolkit = active.get(slug)
  const { manifest, source, code } = toolkit
  const { ui, version } = manifest
  if (ui === undefined) return { version, local: null, remote: null }
  const local = join(source, ui)
  return {
    version,
    local: {
      name: local,
      read: () =>
        readFile(local).catch((error: NodeJS.ErrnoException) => {
          const why = error.code === 'ENOENT' ? 'There is no such file' : error.message
          throw missing(`${why}: ${local}. Build the interface with \`vite build\`.`, error)
        }),
    },
    remote: {
      name: uiUrl(toolkit) ?? '',
      read: () => readUiFile(active, { slug, digest: code.digest, path: ui }),
    },
  }
}

export interface UiFileRequest {
  readonly slug: string
  readonly digest: string
  /** In the bundle, such as `dist/ui/index.js`. */
  readonly path: string
}

/**
 * Reads a file of the user interface of the version in use. Only what lies in the directory of its entry is given out: the
 * rest of a bundle is the server's. Rejects with `not_found` or `toolkit_disabled`.
 */
export async function readUiFile(
  active: ActiveToolkits,
  { slug, digest, path }: UiFileRequest,
): Promise<Buffer> {
  const { manifest, code } = active.get(slug)
  if (!active.isEnabled(slug)) throw disabled(slug)
  if (manifest.ui === undefined) throw missing(`${slug} has no user interface of its own.`)
  if (digest !== code.digest) {
    throw missing(
      `${slug} ${manifest.version} is in use, with the digest ${code.digest}; ${digest} is not. Reload the page.`,
    )
  }
  const directory = posix.dirname(manifest.ui)
  if (!isBelow(path, directory))
    throw missing(`${path} is not in ${directory}/, where the interface of ${slug} is.`)
  try {
    return await readFile(join(code.directory, path))
  } catch (error) {
    throw missing(
      `The bundle of ${slug} ${manifest.version} holds no file ${path}. Build its interface, then restart.`,
      error,
    )
  }
}

function isBelow(path: string, directory: string): boolean {
  return !/[\\\0]/.test(path) && posix.normalize(path) === path && path.startsWith(`${directory}/`)
}

function missing(message: string, cause?: unknown): ToolboxError {
  return new ToolboxError('not_found', message, {}, cause)
}
