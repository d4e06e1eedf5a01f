import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { scratch, smallBacklog } from '../../test/scratch.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { readBurnUp } from './read-burn-up.ts'

const now = new Date('2026-03-09T12:00:00.000Z')
const some = (done: number, backlog: number) => ({ backlog, in_progress: 0, blocked: 0, done })

test('the last commit of each day counts, and what is not committed yet comes last', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  place.git('init', '-q')
  const commit = (at: string, text: string) => {
    place.write('docs/TODO.yaml', text)
    place.git('add', '.')
    const env = { PATH: process.env.PATH, HOME: place.root, GIT_COMMITTER_DATE: at }
    const who = ['-c', 'user.name=x', '-c', 'user.email=x']
    execFileSync('git', [...who, 'commit', '-qm', 'x'], { cwd: place.root, env })
  }
  commit('2026-03-01T09:00:00Z', smallBacklog)
  commit('2026-03-02T09:00:00Z', smallBacklog.replace('low', 'medium'))
  commit('2026-03-02T19:00:00Z', smallBacklog.replace('status: backlog # soon', 'status: done'))
  commit('2026-03-03T09:00:00Z', 'areas: [')
  place.write('docs/TODO.yaml', smallBacklog.replaceAll('status: backlog', 'status: done'))
  const cache = new Map()
  const points = await readBurnUp(workspaceAt(place.root), now, 90, cache)
  expect(points.map(({ at, counts }) => [at, counts])).toEqual([
    ['2026-03-01T09:00:00.000Z', some(0, 3)],
    ['2026-03-02T19:00:00.000Z', some(1, 2)],
    [now.toISOString(), some(3, 0)],
  ])
  expect(points.at(-1)?.commit).toBeNull()
  expect(cache.size).toBe(3)
  expect(await readBurnUp(workspaceAt(place.root), now, 1, cache)).toHaveLength(1)
})

test('outside git, and before the first commit, only the present is known', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const present = [{ at: now.toISOString(), commit: null, counts: some(0, 3) }]
  expect(await readBurnUp(workspaceAt(place.root), now, 90)).toEqual(present)
  place.git('init', '-q')
  expect(await readBurnUp(workspaceAt(place.root), now, 90)).toEqual(present)
})
