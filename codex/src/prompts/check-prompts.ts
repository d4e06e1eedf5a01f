import { existsSync, globSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { refuse } from '../kernel/errors.ts'
import type { Library } from '../library/load-library.ts'
import { additions } from '../library/paths.ts'
import type { Finding } from '../text/finding.ts'
import { decodeText } from '../text/read-text.ts'
import { readBytes } from '../workspace/files.ts'
import { stagedFiles } from '../workspace/git.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { checkPrompt } from './check-prompt.ts'
import type { Facts } from './facts.ts'
import { promptContext } from './prompt-context.ts'

export type CheckRequest = {
  /** Files or patterns, as seen from `cwd`; all of `ai/prompts` when there are none. */
  files?: readonly string[]
  cwd?: string
  facts?: Facts
  /** What toolkits add, where a Toolbox was asked for it. */
  added?: readonly Library[]
  /** Of those, the ones that the next commit changes, and as it will have them. */
  staged?: boolean
}

/** Lints prompts. */
export async function checkPrompts(
  workspace: Workspace,
  { files = [], cwd = workspace.root, facts, added, staged = false }: CheckRequest = {},
): Promise<{ checked: string[]; findings: Finding[] }> {
  const context = promptContext(workspace, facts, added)
  // A file that lies elsewhere is checked, and adds nothing to the repository.
  const { repository: _repository, ...elsewhere } = context
  const contextOf = (file: string) => (file.startsWith(`${additions.prompts}/`) ? context : elsewhere)
  const index = staged ? await stagedFiles(workspace.root) : undefined
  const wanted =
    files.length > 0 ? files.flatMap((each) => expanded(each, cwd, staged)) : promptsOf(workspace)
  const names = [
    ...new Set(wanted.map((path) => relative(workspace.root, path).replaceAll('\\', '/'))),
  ].sort()
  const checked = index ? names.filter((name) => index.has(name)) : names
  const findings: Finding[] = []
  for (const file of checked) {
    const bytes = index ? await index.get(file)?.() : readBytes(workspace.at(file))
    if (!bytes) throw refuse('not_found', `There is no file ${file}.`)
    const decoded = decodeText(bytes, file)
    if (decoded.findings.length > 0) findings.push(...decoded.findings)
    else findings.push(...(await checkPrompt(decoded.text, file, contextOf(file))))
  }
  return { checked, findings }
}

/** A pattern stands for what fits it; that nothing does is an error, as a file that is not there is one. */
function expanded(given: string, cwd: string, staged: boolean): string[] {
  const path = resolve(cwd, given)
  if (existsSync(path) || !/[*?[{]/.test(given)) return [path]
  const found = globSync(given, { cwd }).map((each) => resolve(cwd, each))
  if (found.length > 0 || staged) return found
  throw refuse('not_found', `No file fits ${given}.`)
}

function promptsOf(workspace: Workspace): string[] {
  const directory = workspace.at(additions.prompts)
  if (!existsSync(directory)) return []
  const names = readdirSync(directory).filter((name) => name.endsWith('.md'))
  return names.map((name) => join(directory, name))
}
