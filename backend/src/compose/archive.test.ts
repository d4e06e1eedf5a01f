import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { appendToArchive } from './archive.ts'

it('appends to the file of the month, behind whatever an interrupted archive left', async () => {
  await using directory = await temporaryDirectory()
  const archive = appendToArchive(directory.path, 'jobs', { now: () => Date.UTC(2030, 1, 3) })
  const path = join(directory.path, 'jobs-2030-02.jsonl')
  async function* pieces(...all: string[]) {
    yield* all
  }
  await archive(pieces('{"id":', '1}\n', '{"id":2}\n'))
  appendFileSync(path, '{"id":')
  await archive(pieces('{"id":3}\n'))
  expect(readFileSync(path, 'utf8')).toBe('{"id":1}\n{"id":2}\n{"id":\n{"id":3}\n')
})
