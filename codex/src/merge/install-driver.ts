import { existsSync, mkdirSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { readIfThere, replaceFile } from '../workspace/files.ts'
import { createGit, type Git } from '../workspace/git.ts'
import { findCheckout, paths, type Workspace } from '../workspace/workspace.ts'

const driver = 'toolbox-codex'

/** What the driver ends with when it left conflicts, marked in the file: nothing else ends so. */
export const conflictsLeft = 3

/** git takes a driver that did not run for one that left conflicts, and our side for what it wrote: theirs would be lost. */
const lineByLine = 'git merge-file -q -L ours -L base -L theirs %A %O %B'

/** What git runs for each file. Where this program is gone or fails, git merges line by line, with markers. */
function driverLine(command: readonly string[]): string {
  const run = `${command.map(quote).join(' ')} codex merge-driver %O %A %B %P`
  return `${run}; case $? in 0) exit 0;; ${conflictsLeft}) exit 1;; esac; ${lineByLine}`
}

/** The files that a driver's line begins with. */
function programsOf(line: string): string[] {
  const words = /^(?:'(?:[^']|'\\'')*' )+/.exec(line)?.[0] ?? ''
  return [...words.matchAll(/'((?:[^']|'\\'')*)' /g)]
    .map((found) => (found[1] ?? '').replaceAll("'\\''", "'"))
    .filter((word) => isAbsolute(word))
}

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
  await git('config', `merge.${driver}.driver`, driverLine(command))
  const path = await attributesPath(git, checkout)
  const present = readIfThere(path) ?? ''
  const missing = attributesFor(workspace, checkout).filter((line) => !present.split('\n').includes(line))
  if (missing.length === 0) return true
  mkdirSync(dirname(path), { recursive: true })
  const gap = present === '' || present.endsWith('\n') ? '' : '\n'
  replaceFile(path, `${present}${gap}${missing.join('\n')}\n`)
  return true
}

/** Whether this clone merges the memory by meaning, by a program that is still there; `undefined` outside git. */
export async function isDriverInstalled(workspace: Workspace): Promise<boolean | undefined> {
  const checkout = findCheckout(workspace.root)
  if (!checkout) return undefined
  const git = createGit(checkout)
  const configured = await git('config', `merge.${driver}.driver`).catch(() => '')
  if (!configured.endsWith(lineByLine) || !programsOf(configured).every((path) => existsSync(path)))
    return false
  const present = (readIfThere(await attributesPath(git, checkout)) ?? '').split('\n')
  return attributesFor(workspace, checkout).every((line) => present.includes(line))
}

async function attributesPath(git: Git, checkout: string): Promise<string> {
  return resolve(checkout, await git('rev-parse', '--git-path', 'info/attributes'))
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
