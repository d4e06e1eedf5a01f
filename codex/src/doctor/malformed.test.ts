import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { malformed } from '../../test/malformed.ts'
import { scratch, smallBacklog, testDeps } from '../../test/scratch.ts'
import { createBacklogBook } from '../backlog/backlog-book.ts'
import { createSessions } from '../sessions/sessions.ts'
import { paths } from '../workspace/workspace.ts'
import { checkFiles } from './check-files.ts'
import { diagnose } from './doctor.ts'

test.each(malformed)('$name: $code at $at, and the file stays as it is', async ({ path, text, code, at }) => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const deps = testDeps(place.root)
  const file = deps.workspace.at(path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  const bytes = readFileSync(file)

  const findings = await checkFiles(deps.workspace)
  const told = findings.find((each) => each.code === code)
  expect(told && `${told.line}:${told.column}`).toBe(at)
  expect(told).toMatchObject({
    file: path,
    message: expect.stringMatching(/\.$/),
    fix: expect.stringMatching(/\.$/),
  })
  await diagnose(deps.workspace)
  expect(readFileSync(file)).toEqual(bytes)

  const fatal = findings.some((each) => each.severity === 'fatal')
  const start = createSessions(deps).start({ task: path === paths.backlog ? undefined : 'engine' } as {
    task?: string
  })
  if (!fatal) {
    await start.catch(() => undefined)
    return
  }
  await expect(start).rejects.toMatchObject({ fate: 'user', message: expect.stringContaining(path) })
  if (path === paths.backlog) {
    const edit = createBacklogBook(deps).edit([{ kind: 'addArea', area: { id: 'x' } }])
    await expect(edit).rejects.toMatchObject({ message: expect.stringContaining(`${path}:`) })
  }
  expect(readFileSync(file)).toEqual(bytes)
})

test('there are at least sixty cases', () => {
  expect(malformed.length).toBeGreaterThanOrEqual(60)
})

test('an open bracket is to be closed, not moved', async () => {
  using place = scratch({ 'docs/TODO.yaml': 'areas:\n  - id: [broken\n' })
  const [finding] = await checkFiles(testDeps(place.root).workspace)
  expect(finding).toMatchObject({ code: 'yaml_bad_indent', fix: 'close the quote or bracket.' })
})
