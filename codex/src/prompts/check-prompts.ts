import { existsSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { refuse } from '../kernel/errors.ts'
import { loadLibrary } from '../library/load-library.ts'
import { additions } from '../library/paths.ts'
import { loadPlaybook } from '../playbook/playbook.ts'
import type { Finding } from '../text/finding.ts'
import { decodeText } from '../text/read-text.ts'
import { readBytes } from '../workspace/files.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { checkPrompt } from './check-prompt.ts'
import { loadFacts } from './facts.ts'

/** Lints prompts: the given files, or all in `ai/prompts`. */
export async function checkPrompts(
  workspace: Workspace,
  files: readonly string[],
  factsFile?: string,
): Promise<{ checked: string[]; findings: Finding[] }> {
  const library = loadLibrary(workspace)
  const facts = loadFacts(factsFile)
  const sections = loadPlaybook().checklist.map((each) => each.section)
  const checked = files.length > 0 ? files.map((file) => resolve(file)) : promptsOf(workspace)
  const findings: Finding[] = []
  for (const path of checked) {
    const file = relative(workspace.root, path)
    const bytes = readBytes(path)
    if (!bytes) throw refuse('not_found', `There is no file ${file}.`)
    const decoded = decodeText(bytes, file)
    if (decoded.findings.length > 0) findings.push(...decoded.findings)
    else findings.push(...(await checkPrompt(decoded.text, file, { library, facts, sections })))
  }
  return { checked: checked.map((path) => relative(workspace.root, path)), findings }
}

function promptsOf(workspace: Workspace): string[] {
  const directory = workspace.at(additions.prompts)
  if (!existsSync(directory)) return []
  const names = readdirSync(directory).filter((name) => name.endsWith('.md'))
  return names.sort().map((name) => join(directory, name))
}
