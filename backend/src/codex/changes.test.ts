import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scratch, smallBacklog } from '../../../codex/test/scratch.ts'
import { createEventBus } from '../kernel/event-bus.ts'
import { createChanges } from './changes.ts'

function watched(root: string) {
  const told: string[] = []
  const events = createEventBus((error) => {
    throw error
  })
  events.subscribe('codex', ({ workspaceId }) => told.push(workspaceId))
  const addedBy = { id: null, name: 'ada' }
  return {
    told,
    changes: createChanges(events),
    workspace: { id: 'w', name: 'w', directory: root, addedBy, addedAt: 0 },
  }
}

it('tells once of what somebody else changed, and of what is not there any more', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog, 'ai/state/journal.md': '' })
  const { changes, workspace, told } = watched(place.root)
  await changes.look([workspace])
  await changes.look([workspace])
  expect(told).toEqual([])
  await writeFile(join(place.root, 'docs/TODO.yaml'), `${smallBacklog}# more\n`)
  await changes.look([workspace])
  await changes.look([workspace])
  expect(told).toEqual(['w'])
  place[Symbol.dispose]()
  await changes.look([workspace])
  expect(told).toEqual(['w', 'w'])
})

it('tells of our own change at once, and not again when it looks', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const { changes, workspace, told } = watched(place.root)
  await writeFile(join(place.root, 'docs/TODO.yaml'), `${smallBacklog}# more\n`)
  await changes.announce(workspace)
  await changes.look([workspace])
  expect(told).toEqual(['w'])
})
