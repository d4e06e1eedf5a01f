import * as contract from '@sre-toolbox/contract/toolkits'
import { describe, expect, test } from 'vitest'
import { anonymous } from '../kernel/caller.ts'
import { createScene } from './test/scene.ts'

const settings = {
  type: 'object',
  properties: {
    url: { type: 'string', format: 'uri' },
    retries: { type: 'integer', default: 3 },
    token: { type: 'string', format: 'secret' },
  },
  required: ['url'],
  additionalProperties: false,
}
const sample = {
  manifest: { settings },
  operations: { show: ['(_, { settings }) => settings', { concurrency: 4 }] },
} as const

describe('toolkits', () => {
  test('are listed and shown as the contract says', async () => {
    await using scene = await createScene({ one: {}, two: sample })
    const list = contract.listToolkits.output.parse(await scene.run('toolkits.list'))
    expect(list.items.map(({ slug, enabled, operations }) => [slug, enabled, operations])).toEqual([
      ['one', true, 0],
      ['two', true, 1],
    ])
    expect(list.items[0]?.health).toEqual({
      status: 'unknown',
      message: 'It declares no health check.',
      checkedAt: null,
    })
    await scene.run('toolkits.putSettings', { slug: 'two', settings: { url: 'http://a.test' } })
    await scene.run('two.show')
    const { toolkit } = contract.getToolkit.output.parse(await scene.run('toolkits.get', { slug: 'two' }))
    expect(toolkit).toMatchObject({
      slug: 'two',
      bundled: true,
      versions: [{ version: '1.0.0', active: true }],
      operationList: [{ id: 'two.show', operation: 'show', concurrency: 4 }],
      hosts: [{ slug: 'two', running: 0, restarts: 0 }],
    })
    expect(scene.toolkits.limitsOf('two', 'show')).toEqual({ operation: 4, toolkit: null })
    await expect(scene.run('toolkits.get', { slug: 'three' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('that are disabled refuse at once, until they are enabled; both are audited with their reason', async () => {
    await using scene = await createScene({ one: { operations: { go: ['() => 1'] } } })
    const answer = await scene.run('toolkits.disable', { slug: 'one', justification: 'it misbehaves' })
    expect(answer).toMatchObject({
      toolkit: { slug: 'one', enabled: false, switched: { by: expect.any(String), why: 'it misbehaves' } },
    })
    const refusal = { code: 'toolkit_disabled', status: 409, details: { requiredRole: 'toolkit.curator' } }
    await expect(scene.run('one.go')).rejects.toMatchObject(refusal)
    await expect(
      scene.run('toolkits.call', { slug: 'one', operation: 'go', input: {} }),
    ).rejects.toMatchObject(refusal)
    expect(scene.toolkits.offered()).toEqual([])
    await scene.run('toolkits.enable', { slug: 'one', justification: 'it is mended' })
    expect(await scene.run('one.go')).toBe(1)
    expect(
      scene.audited.filter(({ outcome }) => outcome === 'succeeded').map(({ detail }) => detail),
    ).toEqual(['it misbehaves', 'it is mended'])
    expect(scene.changes).toEqual(['one', 'one'])
    await expect(scene.run('toolkits.disable', { slug: 'one' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    const user = { ...anonymous(null), kind: 'user', name: 'eve', roles: ['toolkit.user'] } as const
    await expect(
      scene.run('toolkits.disable', { slug: 'one', justification: 'because' }, user),
    ).rejects.toMatchObject({ code: 'role_missing' })
  })

  test('that another process disabled are disabled here after a refresh', async () => {
    await using scene = await createScene({ one: { operations: { go: ['() => 1'] } } })
    await scene.database.query
      .insertInto('toolkits')
      .values({ slug: 'one', enabled: 0, changed_at: 1 })
      .execute()
    expect(await scene.run('one.go')).toBe(1)
    await scene.toolkits.refresh()
    await expect(scene.run('one.go')).rejects.toMatchObject({ code: 'toolkit_disabled' })
  })
})

describe('settings', () => {
  const put = { slug: 'one', settings: { url: 'http://a.test', token: 'secret:a/b#c' } }

  test('reach the code with defaults, and come back as they were put', async () => {
    await using scene = await createScene({ one: sample })
    expect(await scene.run('toolkits.getSettings', { slug: 'one' })).toEqual({
      settings: {},
      schema: settings,
      version: 0,
    })
    expect(await scene.run('toolkits.putSettings', put)).toEqual({ settings: put.settings, version: 1 })
    expect(await scene.run('toolkits.getSettings', { slug: 'one' })).toMatchObject({
      settings: put.settings,
      version: 1,
    })
    expect(await scene.run('one.show')).toEqual({ ...put.settings, retries: 3 })
  })

  test('that are not complete stop every operation, and say what is missing', async () => {
    await using scene = await createScene({ one: sample })
    await expect(scene.run('one.show')).rejects.toMatchObject({
      code: 'operation_failed',
      message: expect.stringContaining("The settings of one don't fit: url is required."),
      details: { toolkitCode: 'settings_invalid' },
    })
  })

  test('are put on the version that was read, or refused with the one there is now', async () => {
    await using scene = await createScene({ one: sample })
    const putOn = (ifMatch: string) => scene.run('toolkits.putSettings', { ...put, ifMatch })
    expect(await putOn('0')).toMatchObject({ version: 1 })
    expect(await putOn('"1"')).toMatchObject({ version: 2 })
    expect(await putOn('*')).toMatchObject({ version: 3 })
    const late = { code: 'conflict', details: { currentVersion: 3 } }
    await expect(putOn('"1"')).rejects.toMatchObject(late)
    await expect(putOn('W/"2"')).rejects.toMatchObject(late)
  })

  test('of two people at once are not both kept', async () => {
    await using scene = await createScene({ one: sample })
    const putOnFirst = () => scene.run('toolkits.putSettings', { ...put, ifMatch: '0' })
    const answers = await Promise.allSettled([putOnFirst(), putOnFirst()])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('with a secret written into them are refused, and it is kept nowhere', async () => {
    await using scene = await createScene({ one: sample })
    const attempt = (values: object) => scene.run('toolkits.putSettings', { slug: 'one', settings: values })
    await expect(attempt({ url: 'http://a.test', token: 'canary-1' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: {
        errors: [{ path: 'settings.token', message: expect.stringContaining('must name a secret') }],
      },
    })
    await expect(attempt({ url: 'http://a.test', tokn: 'canary-2' })).rejects.toMatchObject({
      details: { errors: [{ path: 'settings.tokn', message: 'is not a known field' }] },
    })
    expect(scene.audited).toHaveLength(2)
    expect(JSON.stringify([scene.audited, scene.logged])).not.toContain('canary')
  })

  test('of a toolkit that takes none are refused', async () => {
    await using scene = await createScene({ one: {} })
    const attempt = scene.run('toolkits.putSettings', { slug: 'one', settings: { a: 1 } })
    await expect(attempt).rejects.toMatchObject({ code: 'validation_failed' })
  })
})
