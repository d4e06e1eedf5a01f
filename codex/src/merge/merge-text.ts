import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Three versions of a file: the common ancestor and the two sides. */
export type Sides = { base: string; ours: string; theirs: string }
export type Merged = { text: string; clean: boolean }

/** git's own merge, line by line. `favour` settles what both sides changed. */
export function mergeText(sides: Sides, favour?: 'ours' | 'theirs'): Merged {
  const directory = mkdtempSync(join(tmpdir(), 'codex-merge-'))
  try {
    for (const [name, text] of Object.entries(sides)) writeFileSync(join(directory, name), text)
    const labels = ['-L', 'ours', '-L', 'base', '-L', 'theirs']
    const options = [
      'merge-file',
      '--stdout',
      ...(favour ? [`--${favour}`] : []),
      ...labels,
      'ours',
      'base',
      'theirs',
    ]
    return { text: execFileSync('git', options, { cwd: directory, encoding: 'utf8' }), clean: true }
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string }
    // git exits with the number of conflicts; from 128 on it did not merge at all.
    if (status === undefined || status === null || status > 127 || stdout === undefined) throw error
    return { text: stdout, clean: false }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
