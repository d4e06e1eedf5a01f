import { existsSync, readdirSync } from 'node:fs'
import { refuse } from '../kernel/errors.ts'
import { sha256 } from '../kernel/sha256.ts'
import { additions } from '../library/paths.ts'
import type { Finding } from '../text/finding.ts'
import { decodeText } from '../text/read-text.ts'
import { readBytes, removeFile, replaceFile } from '../workspace/files.ts'
import { withLock } from '../workspace/lock.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** A prompt of a workspace. `version` tells one state of its file from another, byte by byte. */
export type StoredPrompt = {
  name: string
  file: string
  text: string
  version: string
  unreadable: Finding[]
}

/** What a prompt may be called: its file's name without `.md`. */
const promptName = /^[^/\\\p{Cc}.][^/\\\p{Cc}]{0,99}$/u

/** The prompts of a workspace, each a file in `ai/prompts`. */
export function createPromptShelf(workspace: Workspace) {
  const fileOf = (name: string): string => {
    if (promptName.test(name)) return `${additions.prompts}/${name}.md`
    const message = `${JSON.stringify(name)} can't be the name of a prompt: no slashes, no leading dot, at most 100 characters.`
    throw refuse('bad_name', message, { field: 'name' })
  }
  const find = (name: string): StoredPrompt | undefined => {
    const file = fileOf(name)
    const bytes = readBytes(workspace.at(file))
    if (!bytes) return undefined
    const { text, findings } = decodeText(bytes, file)
    return { name, file, text, version: sha256(bytes), unreadable: findings }
  }
  const require = (name: string): StoredPrompt => {
    const found = find(name)
    if (found) return found
    throw refuse(
      'not_found',
      `There is no prompt ${name}; ${additions.prompts} of the workspace has no such file.`,
    )
  }

  return {
    list(): StoredPrompt[] {
      const directory = workspace.at(additions.prompts)
      if (!existsSync(directory)) return []
      const names = readdirSync(directory, { withFileTypes: true })
        .filter((each) => each.isFile() && each.name.endsWith('.md'))
        .map((each) => each.name.slice(0, -'.md'.length))
      return names
        .filter((name) => promptName.test(name))
        .sort()
        .flatMap((name) => find(name) ?? [])
    },
    require,

    /** Writes it where `ifVersion` still holds; without one, only where there is none of that name. */
    put: (name: string, text: string, ifVersion: string | undefined): Promise<StoredPrompt> =>
      withLock(workspace, async () => {
        const there = find(name)
        if (there?.version !== ifVersion) throw changed(name, there, ifVersion)
        if (there?.text !== text) replaceFile(workspace.at(fileOf(name)), text)
        return require(name)
      }),

    remove: (name: string, ifVersion: string): Promise<void> =>
      withLock(workspace, async () => {
        const there = require(name)
        if (there.version !== ifVersion) throw changed(name, there, ifVersion)
        removeFile(workspace.at(there.file))
      }),
  }
}

function changed(name: string, there: StoredPrompt | undefined, expected: string | undefined) {
  const message =
    there === undefined
      ? `The prompt ${name} was removed since you read it. To write it anew, leave ifVersion out.`
      : expected === undefined
        ? `There is a prompt ${name} already. Choose another name, or give the version that you read as ifVersion.`
        : `The prompt ${name} was changed since you read it. Read it again and repeat your change.`
  return refuse('changed_meanwhile', message, { currentVersion: there?.version ?? null })
}
