import { mkdirSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { readIfThere, replaceFile } from '../workspace/files.ts'
import { createGit, type Git } from '../workspace/git.ts'
import { findCheckout, paths, type Workspace } from '../workspace/workspace.ts'

const driver = 'toolbox-codex'

/** The lines that give the files to the driver, as git wants them. */
function attributesFor(workspace: Workspace, checkout: string): string[] {
  const prefix = relative(checkout, workspace.root).split(sep).join('/')
  const files = [paths.backlog, paths.progress, paths.journal, `${paths.events}/*.jsonl`]
  return files.map((path) => `/${prefix === '' ? '' : `${prefix}/`}${path} merge=${driver}`)
}

/**
 * Tells this clone to merge the memory by meaning. Both halves, the attributes and the driver, live in the clone's own
 * git directory, so that nothing in the tree is touched and no clone has one without the other.
 * `command` is how to run this program.
 */
export async function installDriver(workspace: Workspace, command: readonly string[]): Promise<boolean> {
  const checkout = findCheckout(workspace.root)
  if (!checkout) return false
  const git = createGit(checkout)
  await git('config', `merge.${driver}.name`, 'backlog, journal and snapshot by meaning')
  await git(
    'config',
    `merge.${driver}.driver`,
    `${command.map(quote).join(' ')} codex merge-driver %O %A %B %P`,
  )
  const path = await attributesPath(git, checkout)
  const present = readIfThere(path) ?? ''
  const missing = attributesFor(workspace, checkout).filter((line) => !present.split('\n').includes(line))
  if (missing.length === 0) return true
  mkdirSync(dirname(path), { recursive: true })
  const gap = present === '' || present.endsWith('\n') ? '' : '\n'
  replaceFile(path, `${present}${gap}${missing.join('\n')}\n`)
  return true
}

/** Whether this clone merges the memory by meaning; `undefined` outside git. */
export async function isDriverInstalled(workspace: Workspace): Promise<boolean | undefined> {
  const checkout = findCheckout(workspace.root)
  if (!checkout) return undefined
  const git = createGit(checkout)
  const configured = await git('config', `merge.${driver}.driver`).catch(() => '')
  const present = (readIfThere(await attributesPath(git, checkout)) ?? '').split('\n')
  return configured !== '' && attributesFor(workspace, checkout).every((line) => present.includes(line))
}

async function attributesPath(git: Git, checkout: string): Promise<string> {
  return resolve(checkout, await git('rev-parse', '--git-path', 'info/attributes'))
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
