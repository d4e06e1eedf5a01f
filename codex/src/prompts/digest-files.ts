import { resolve } from 'node:path'
import { refuse } from '../kernel/errors.ts'
import { decodeText } from '../text/read-text.ts'
import { readBytes, replaceFile } from '../workspace/files.ts'
import { digestOf, pinDigest } from './digest.ts'
import { readPrompt, textOf } from './read-prompt.ts'

export type FileDigest = { file: string; digest: string; pinned: string | null }

/** The digests of prompts with what they are pinned to; `pin` makes the two the same. */
export async function digestFiles(
  files: readonly string[],
  cwd: string,
  pin: boolean,
): Promise<FileDigest[]> {
  const items: FileDigest[] = []
  for (const file of files) {
    const path = resolve(cwd, file)
    const bytes = readBytes(path)
    if (!bytes) throw refuse('not_found', `There is no file ${file}.`)
    const { text, findings } = decodeText(bytes, file)
    const [unreadable] = findings
    if (unreadable) throw refuse(unreadable.code, `${file}: ${unreadable.message}`)
    const pinned = pin ? pinDigest(text) : text
    if (pin && pinned === text && (await pinOf(text)) === null) {
      throw refuse(
        'front_matter_missing',
        `${file} has no front matter to pin a digest in. Begin it with \`---\`.`,
      )
    }
    if (pinned !== text) replaceFile(path, pinned)
    items.push({ file, digest: digestOf(pinned), pinned: await pinOf(pinned) })
  }
  return items
}

/** What the front matter is pinned to. */
export async function pinOf(text: string): Promise<string | null> {
  const { prompt } = await readPrompt(text, '')
  return textOf(prompt.matter, 'digest') ?? null
}
