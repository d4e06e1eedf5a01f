import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolboxError } from '../../kernel/errors.ts'
import { type FileTree, writeTree } from './tree.ts'

export interface MaterialiseOptions {
  readonly slug: string
  /** Directory of the bundle, with `toolkit.json` in it. */
  readonly source: string
  /** The code goes to `<storage>/<slug>/<digest>`. */
  readonly storage: string
  readonly limits?: Partial<TreeLimits>
}

export interface TreeLimits {
  readonly maxFileBytes: number
  readonly maxBytes: number
  readonly maxFiles: number
}

const defaultLimits: TreeLimits = { maxFileBytes: 10 * 1024 ** 2, maxBytes: 50 * 1024 ** 2, maxFiles: 5000 }

/**
 * Copies a bundle to where hosts may read it, ready to run. The same content always gives the same digest and
 * directory. Throws `validation_failed` for links, special files and what is over a limit.
 */
export async function materialise(
  options: MaterialiseOptions,
): Promise<{ digest: string; directory: string }> {
  const tree = await readTree(options.source, { ...defaultLimits, ...options.limits })
  try {
    return await writeTree(tree, join(options.storage, options.slug))
  } catch (error) {
    throw refusal((error as Error).message, error)
  }
}

/** Dot files and installed packages are no part of a bundle. */
function isLeftOut(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

async function readTree(root: string, limits: TreeLimits): Promise<FileTree> {
  const tree = new Map<string, Buffer>()
  let bytes = 0

  async function readDirectory(prefix: string) {
    for (const entry of await readdir(join(root, prefix), { withFileTypes: true })) {
      if (isLeftOut(entry.name)) continue
      const path = `${prefix}${entry.name}`
      if (entry.isDirectory()) await readDirectory(`${path}/`)
      else if (entry.isFile()) await readOne(path)
      else
        throw refusal(
          `${path} is a ${entry.isSymbolicLink() ? 'symbolic link' : 'special file'}; put the file itself there.`,
        )
    }
  }

  async function readOne(path: string) {
    const { size } = await stat(join(root, path))
    bytes += size
    if (size > limits.maxFileBytes) {
      throw refusal(`${path} has ${size} bytes; a file may have at most ${limits.maxFileBytes}.`)
    }
    if (bytes > limits.maxBytes) throw refusal(`The bundle has more than ${limits.maxBytes} bytes.`)
    if (tree.size >= limits.maxFiles) throw refusal(`The bundle has more than ${limits.maxFiles} files.`)
    tree.set(path, await readFile(join(root, path)))
  }

  await readDirectory('')
  return tree
}

function refusal(message: string, cause?: unknown): ToolboxError {
  return new ToolboxError('validation_failed', message, {}, cause)
}
