import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, toInstant } from '../kernel/clock.ts'

/**
 * Appends pieces of JSON lines to `<kind>-YYYY-MM.jsonl` of the month, on disk before it resolves. What an interrupted
 * one left half-written stays a line of its own.
 */
export function appendToArchive(directory: string, kind: 'jobs' | 'runs', clock: Clock) {
  return async (pieces: AsyncIterable<string>): Promise<void> => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const month = toInstant(clock.now()).slice(0, 7)
    const file = await open(join(directory, `${kind}-${month}.jsonl`), 'a+', 0o600)
    try {
      if (await endsHalfway(file)) await file.appendFile('\n')
      await file.appendFile(pieces)
      await file.sync()
    } finally {
      await file.close()
    }
  }
}

async function endsHalfway(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  if (size === 0) return false
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 })
  return buffer.toString() !== '\n'
}
