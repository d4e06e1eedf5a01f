import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { validationFailed } from '../kernel/operation.ts'

/** Directories that belong to the system, with all that is in them. */
const systemTrees = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/proc',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
]
/** Directories that hold others', and are no workspace themselves. */
const shared = [
  '/',
  '/home',
  '/media',
  '/mnt',
  '/opt',
  '/root',
  '/srv',
  '/tmp',
  '/var',
  '/var/lib',
  '/var/tmp',
]

/** The canonical path of a directory that may become a workspace; says what is wrong with it otherwise. */
export async function checkDirectory(directory: string, own: readonly string[]): Promise<string> {
  if (!isAbsolute(directory) || directory.includes('\0')) {
    throw refuse('write the whole path, beginning with /')
  }
  const path = await canonical(directory)
  if (shared.includes(path) || systemTrees.some((tree) => isWithin(path, tree))) {
    throw refuse(`${path} belongs to the system; take the directory of one repository`)
  }
  for (const kept of own) {
    // A repository may hold the data directory; the data directory holds no repository.
    if (isWithin(path, await realpath(kept).catch(() => kept))) {
      throw refuse(`${path} is where the product keeps its own data; take the directory of one repository`)
    }
  }
  return path
}

/** Whether the codex was set up there. */
export async function hasBacklog(directory: string): Promise<boolean> {
  return exists(join(directory, 'docs/TODO.yaml'))
}

export async function isCheckout(directory: string): Promise<boolean> {
  return exists(join(directory, '.git'))
}

async function canonical(directory: string): Promise<string> {
  try {
    const path = await realpath(directory)
    if ((await stat(path)).isDirectory()) return path
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES') throw refuse(`the server may not look into ${directory}; let its user read it`)
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw refuse(`there is no directory ${directory} on this server`)
    throw refuse(`${directory} can't be used (${code ?? String(error)})`)
  }
  throw refuse(`${directory} is no directory`)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function isWithin(path: string, tree: string): boolean {
  const way = relative(tree, path)
  return way === '' || !(way === '..' || way.startsWith('../') || isAbsolute(way))
}

export function refuse(message: string) {
  return validationFailed([{ path: 'directory', message }])
}
