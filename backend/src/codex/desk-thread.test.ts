import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, expect, it } from 'vitest'
import { uuidv7 } from '../../../codex/src/kernel/ids.ts'
import { scratch, smallBacklog } from '../../../codex/test/scratch.ts'
import { createDeskThread, type DeskThread } from './desk-thread.ts'

let thread: DeskThread
afterEach(() => thread.close())

function open(root: string, deadlineMs = 60_000) {
  thread = createDeskThread({ environment: { PATH: process.env.PATH ?? '' }, deadlineMs })
  return { root, actor: 'ada', now: Date.now(), id: uuidv7(new Date()), command: ['toolbox'] }
}

/** Areas of a hundred tasks each. */
function largeBacklog(areas: number): string {
  const task = (area: number, index: number) =>
    `      - id: t${index}\n        title: Task ${index} of area ${area}\n        status: backlog\n        priority: low\n`
  const tasks = (area: number) => Array.from({ length: 100 }, (_, index) => task(area, index)).join('')
  const all = Array.from(
    { length: areas },
    (_, area) => `  - id: a${area}\n    title: Area\n    tasks:\n${tasks(area)}`,
  )
  return `areas:\n${all.join('')}`
}

it('reads and edits thousands of tasks while the event loop goes on', async () => {
  using place = scratch({ 'docs/TODO.yaml': largeBacklog(20) })
  const call = open(place.root)
  await thread.ask('getProgress', call, { workspaceId: call.id })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const set = { priority: 'high' as const }
  const asked = {
    workspaceId: call.id,
    area: 'a3',
    task: 't7',
    set,
    was: { priority: 'low' as const },
    ifVersion: undefined,
  }
  const started = performance.now()
  expect(await thread.ask('editTask', call, asked)).toMatchObject({ task: { priority: 'high' } })
  const took = performance.now() - started
  delay.disable()
  // What the desk does in that time would otherwise be one long pause.
  expect(delay.max / 1e6).toBeLessThan(took / 2)
  const { areas } = await thread.ask('getBacklog', call, { workspaceId: call.id })
  expect(areas.flatMap(({ tasks }) => tasks)).toHaveLength(2000)
})

it('answers many at once, each as it was asked', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const call = open(place.root)
  const actors = Array.from({ length: 20 }, (_, index) => `actor-${index}`)
  await Promise.all(
    actors.map((actor, index) =>
      thread.ask(
        'addTask',
        { ...call, actor },
        { workspaceId: call.id, area: 'jobs', id: `t${index}`, title: actor, status: 'backlog' },
      ),
    ),
  )
  const { areas } = await thread.ask('getBacklog', call, { workspaceId: call.id })
  expect(areas[0]?.tasks.map(({ title }) => title)).toEqual(expect.arrayContaining(actors))
})

it('gives up after its deadline, says so, and begins anew with the next question', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const call = open(place.root, 1)
  await expect(thread.ask('getBacklog', call, { workspaceId: call.id })).rejects.toMatchObject({
    code: 'timed_out',
  })
  const patient = open(place.root)
  expect(await thread.ask('getBacklog', patient, { workspaceId: call.id })).toMatchObject({
    counts: { backlog: 3 },
  })
})

it('says that a workspace may not be written, or is gone', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const call = open(place.root)
  // Not even a superuser of the machine writes below what is a file.
  await writeFile(join(place.root, 'ai'), '')
  const claim = thread.ask('startTask', call, { workspaceId: call.id, force: false, task: 'jobs/cron' })
  await expect(claim).rejects.toMatchObject({
    code: 'operation_failed',
    message: expect.stringContaining("can't be used"),
  })
  place[Symbol.dispose]()
  await expect(thread.ask('getBacklog', call, { workspaceId: call.id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('not there'),
  })
})
