import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { editTogether } from '../../test/drills/edit-together.ts'
import { scratch, smallBacklog, testDeps } from '../../test/scratch.ts'
import { createBacklogBook } from './backlog-book.ts'

describe('many writers', () => {
  test('lose nothing, and every refusal is told', { timeout: 60_000 }, async () => {
    const outcome = await editTogether(4, 12)
    expect(outcome).toMatchObject({ edits: 48, lost: [], commentsKept: true })
  })

  test('an edit for another version is refused with the version there is', async () => {
    using place = scratch({ 'docs/TODO.yaml': smallBacklog })
    const book = createBacklogBook(testDeps(place.root))
    const before = await book.read()
    const after = await book.edit(
      [{ kind: 'setTask', task: 'cron', set: { status: 'done' } }],
      before.version,
    )
    const stale = book.edit([{ kind: 'setTask', task: 'cron', set: { status: 'blocked' } }], before.version)
    await expect(stale).rejects.toMatchObject({
      code: 'changed_meanwhile',
      details: { version: after.version },
    })
  })

  test('an edit that saw another value is refused and told what it is by now', async () => {
    using place = scratch({ 'docs/TODO.yaml': smallBacklog })
    const book = createBacklogBook(testDeps(place.root))
    const stale = book.edit([
      { kind: 'setTask', task: 'cron', set: { priority: 'high' }, was: { priority: 'medium' } },
    ])
    await expect(stale).rejects.toMatchObject({
      code: 'changed_meanwhile',
      message: 'jobs/cron was changed meanwhile: priority is "low", and was "medium".',
      details: { is: { priority: 'low' } },
    })
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog)
  })

  test('several edits are all made or none', async () => {
    using place = scratch({ 'docs/TODO.yaml': smallBacklog })
    const attempt = createBacklogBook(testDeps(place.root)).edit([
      { kind: 'setTask', task: 'cron', set: { status: 'done' } },
      { kind: 'removeTask', task: 'nope' },
    ])
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' })
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog)
  })
})

describe('a file that an editor changes meanwhile', () => {
  test('is not overwritten', async () => {
    using place = scratch({ 'docs/TODO.yaml': smallBacklog })
    const deps = testDeps(place.root)
    const file = deps.workspace.at('docs/TODO.yaml')
    const { changeMemory } = await import('../memory/change-memory.ts')
    const attempt = changeMemory(deps.workspace, deps.now(), () => {
      writeFileSync(file, smallBacklog.replace('Roadmap', 'Our roadmap'))
      return { edits: [{ kind: 'setTask', task: 'cron', set: { status: 'done' } }] }
    })
    await expect(attempt).rejects.toMatchObject({ code: 'changed_meanwhile' })
    expect(readFileSync(file, 'utf8')).toContain('# Our roadmap')
  })
})
