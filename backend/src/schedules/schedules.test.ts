import type { ScheduleDetail } from '@sre-toolbox/contract/schedules'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDatabase, openTemporarySqlite } from '../../../test/support/databases.ts'
import type { Caller } from '../kernel/caller.ts'
import { createProcess, createWorld, type Process, person, type World } from './test/scene.ts'

const ada = person('ada')
const ben = person('ben')
const daily = { kind: 'cron', expression: '0 9 * * *', timeZone: 'Europe/Berlin' }
const definition = { name: 'Daily', toolkit: 'demo', operation: 'work', input: { n: 1 }, timing: daily }

describe('schedules', () => {
  let opened: OpenDatabase
  let world: World
  let at: Process
  beforeEach(async () => {
    opened = await openTemporarySqlite()
    world = createWorld()
    at = createProcess(world, opened.db)
  })
  afterEach(() => opened[Symbol.asyncDispose]())

  const ask = async (id: string, input: object, caller: Caller = ada): Promise<ScheduleDetail> =>
    (await at.call<{ schedule: ScheduleDetail }>(caller, id, input)).schedule
  const create = (differs: object = {}, caller: Caller = ada) =>
    ask('create', { ...definition, ...differs }, caller)
  const fault = (path: string, message: string | RegExp) => ({
    code: 'validation_failed',
    details: {
      errors: [{ path, message: typeof message === 'string' ? message : expect.stringMatching(message) }],
    },
  })

  it('show when they are due, by the clock of their zone', async () => {
    expect(await create()).toMatchObject({
      state: 'active',
      overlap: 'skip',
      missed: 'run_late',
      runsAs: { name: 'ada', token: null },
      input: { n: 1 },
      nextRuns: [2, 3, 4, 5, 6].map((day) => `2026-05-0${day}T07:00:00.000Z`),
      version: 1,
    })
  })

  it('are previewed as they are typed, with what is wrong by field', async () => {
    expect(await at.call(ada, 'preview', { timing: { kind: 'interval', everySeconds: 3600 } })).toMatchObject(
      {
        nextRuns: [13, 14, 15, 16, 17].map((hour) => `2026-05-01T${hour}:00:00.000Z`),
      },
    )
    await expect(
      at.call(ada, 'preview', { timing: { ...daily, expression: '0 25 * * *' } }),
    ).rejects.toMatchObject(fault('timing.expression', /^hour: "25"/))
  })

  it.each([
    [
      'a time that is over',
      { timing: { kind: 'once', at: '2026-05-01T11:59:59Z' } },
      'timing.at',
      /^is over/,
    ],
    ['an input that the operation refuses', { input: {} }, 'input.n', 'is required'],
    ['what answers at once', { operation: 'answer' }, 'operation', /is no job/],
    ['a secret in the input', { input: { n: 1, password: 'canary' } }, 'input', /^holds a secret/],
    ['two destructions at once', { operation: 'destroy', overlap: 'allow' }, 'overlap', /^what destroys/],
    [
      'a beat that is too quick',
      { timing: { kind: 'interval', everySeconds: 9 } },
      'timing.everySeconds',
      /at least 10/,
    ],
  ])('are not made for %s', async (_, differs, path, message) => {
    await expect(create(differs)).rejects.toMatchObject(fault(path, message))
    expect(await at.call(ada, 'list', {})).toEqual({ items: [], nextCursor: null })
    expect(JSON.stringify(await at.audited())).not.toContain('canary')
  })

  it('are made by those alone who may run the operation', async () => {
    await expect(create({ operation: 'curate' })).rejects.toMatchObject({ code: 'role_missing' })
    const token = { id: 't', name: 'narrow', operations: ['schedules.*'], persona: null }
    await expect(create({}, { ...ada, token })).rejects.toMatchObject({ code: 'token_forbids' })
    const persona = { name: 'reader', operations: ['schedules.*'], toolkitEffects: ['read'] as const }
    await expect(
      create({}, { ...ada, token: { ...token, operations: null, persona } }),
    ).rejects.toMatchObject({
      code: 'persona_forbids',
    })
    expect((await at.audited()).map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'failed role_missing',
      'failed token_forbids',
      'failed persona_forbids',
    ])
  })

  it('do not make up for missed destruction unless they are told to', async () => {
    expect(await create({ operation: 'destroy' })).toMatchObject({ missed: 'skip' })
    expect(await create({ operation: 'destroy', missed: 'run_late' })).toMatchObject({ missed: 'run_late' })
  })

  it('act for whoever changed or resumed them last, who must be allowed to', async () => {
    const { id } = await create()
    expect(await ask('update', { scheduleId: id, ...definition }, ben)).toMatchObject({
      runsAs: { name: 'ben' },
    })
    await ask('pause', { scheduleId: id, reason: 'maintenance' }, ben)
    const powerless = person('eve', {
      token: { id: 't', name: 'x', operations: ['schedules.*'], persona: null },
    })
    await expect(ask('resume', { scheduleId: id }, powerless)).rejects.toMatchObject({
      code: 'token_forbids',
    })
    expect(await ask('resume', { scheduleId: id }, ada)).toMatchObject({
      state: 'active',
      runsAs: { name: 'ada' },
    })
  })

  it('keep their next run when something else is changed, and start anew with another timing', async () => {
    const timing = { kind: 'interval', everySeconds: 3600 }
    const { id } = await create({ timing })
    world.now += 30 * 60_000
    const renamed = await ask('update', { scheduleId: id, ...definition, timing, name: 'Renamed' })
    expect(renamed).toMatchObject({ name: 'Renamed', version: 2 })
    expect(renamed.nextRuns[0]).toBe('2026-05-01T13:00:00.000Z')
    const slower = { ...timing, everySeconds: 7200 }
    const changed = await ask('update', { scheduleId: id, ...definition, timing: slower })
    expect(changed.nextRuns[0]).toBe('2026-05-01T14:30:00.000Z')
  })

  it('are not overwritten by who has seen an older version', async () => {
    const { id } = await create()
    await ask('update', { scheduleId: id, ...definition, ifMatch: '1' })
    await expect(ask('update', { scheduleId: id, ...definition, ifMatch: '1' })).rejects.toMatchObject({
      code: 'conflict',
      details: { currentVersion: 2 },
    })
  })

  it('tell who paused them and why, and stay paused when they are changed', async () => {
    const { id } = await create()
    expect(await ask('pause', { scheduleId: id, reason: 'maintenance' }, ben)).toMatchObject({
      state: 'paused',
      paused: { at: '2026-05-01T12:00:00.000Z', by: 'ben', reason: 'maintenance' },
      nextRuns: [],
    })
    await expect(ask('pause', { scheduleId: id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('by ben: maintenance'),
    })
    const timing = { ...daily, timeZone: 'UTC' }
    expect(await ask('update', { scheduleId: id, ...definition, timing })).toMatchObject({
      state: 'paused',
      nextRuns: [],
    })
    const resumed = await ask('resume', { scheduleId: id })
    expect(resumed.nextRuns[0]).toBe('2026-05-02T09:00:00.000Z')
    await expect(ask('resume', { scheduleId: id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are not resumed for a time that is over', async () => {
    const { id } = await create({ timing: { kind: 'once', at: '2026-05-01T12:30:00.000Z' } })
    await ask('pause', { scheduleId: id })
    world.now += 31 * 60_000
    await expect(ask('resume', { scheduleId: id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Change that first'),
    })
  })

  it('are listed in pages, without their inputs', async () => {
    const made = [await create(), await create(), await create({ name: 'Last' })]
    type Page = { items: ScheduleDetail[]; nextCursor: string | null }
    const first = await at.call<Page>(ada, 'list', { limit: 2 })
    expect(first.items.map(({ id }) => id)).toEqual([made[2]?.id, made[1]?.id])
    expect(first.items[0]).not.toHaveProperty('input')
    const rest = await at.call<Page>(ada, 'list', { limit: 2, cursor: first.nextCursor })
    expect(rest).toMatchObject({ items: [{ id: made[0]?.id }], nextCursor: null })
    await expect(at.call(ada, 'list', { cursor: 'x' })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('leave an entry in the audit log for every change', async () => {
    const { id } = await create()
    await ask('pause', { scheduleId: id, reason: 'maintenance' })
    await ask('resume', { scheduleId: id })
    await ask('remove', { scheduleId: id, reason: 'not needed' })
    await expect(ask('get', { scheduleId: id })).rejects.toMatchObject({ code: 'not_found' })
    expect(
      (await at.audited()).map(({ operation, outcome, detail }) => [operation, outcome, detail]),
    ).toEqual([
      ['schedules.create', 'succeeded', `Schedule ${id}.`],
      ['schedules.pause', 'succeeded', 'maintenance'],
      ['schedules.resume', 'succeeded', 'no reason given'],
      ['schedules.remove', 'started', null],
      ['schedules.remove', 'succeeded', 'not needed'],
    ])
  })
})
