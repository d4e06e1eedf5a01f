import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, toInstant } from '../kernel/clock.ts'

/** Appends lines to `jobs-YYYY-MM.jsonl` of the month, on disk before it resolves. */
export function appendToArchive(directory: string, clock: Clock) {
  return async (lines: readonly string[]): Promise<void> => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const month = toInstant(clock.now()).slice(0, 7)
    const file = await open(join(directory, `jobs-${month}.jsonl`), 'a', 0o600)
    try {
      await file.appendFile(lines.map((line) => `${line}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
  }
}
