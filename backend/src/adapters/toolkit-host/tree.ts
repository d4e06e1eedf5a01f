import { createHash, type Hash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

/** Content by path relative to the root, with `/`. */
export type FileTree = ReadonlyMap<string, Buffer>

/** SHA-256, hexadecimal, over paths and content in the order of the paths. */
function digestOf(tree: FileTree): string {
  const hash = createHash('sha256')
  for (const path of [...tree.keys()].sort()) {
    const content = tree.get(path) as Buffer
    addField(hash, Buffer.from(path))
    addField(hash, content)
  }
  return hash.digest('hex')
}

function addField(hash: Hash, field: Buffer) {
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(field.length))
  hash.update(length).update(field)
}

/**
 * Writes the tree to `<parent>/<digest>`, `.ts` files as plain JavaScript under the same name, all files read-only. A
 * directory under that name is complete, because it is put there by one rename; an existing one is used as it is.
 */
export async function writeTree(
  tree: FileTree,
  parent: string,
): Promise<{ digest: string; directory: string }> {
  const digest = digestOf(tree)
  const directory = join(parent, digest)
  if (await exists(directory)) return { digest, directory }

  await mkdir(parent, { recursive: true })
  const unfinished = await mkdtemp(join(parent, '.unfinished-'))
  try {
    const files = [...tree].map(
      ([path, content]) => [join(unfinished, path), withoutTypes(path, content)] as const,
    )
    for (const each of new Set(files.map(([file]) => dirname(file)))) await mkdir(each, { recursive: true })
    // Side by side, because each waits for the disk.
    await Promise.all(files.map(([file, content]) => writeFile(file, content, { flush: true, mode: 0o444 })))
    await chmod(unfinished, 0o755)
    await rename(unfinished, directory).catch(async (error) => {
      if (!(await exists(directory))) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return { digest, directory }
}

function withoutTypes(path: string, content: Buffer): Buffer | string {
  if (!/\.m?ts$/.test(path) || path.endsWith('.d.ts')) return content
  try {
    return stripTypeScriptTypes(content.toString())
  } catch (error) {
    throw new Error(`${path} is not TypeScript that Node can run: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
