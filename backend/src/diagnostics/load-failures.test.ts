import * as contract from '@sre-toolbox/contract/diagnostics'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase, type OpenDatabase } from '../../../test/support/databases.ts'
import { ToolboxError } from '../kernel/errors.ts'
import { createIds } from '../kernel/ids.ts'
import { createLoadFailures, type LoadFailures } from './load-failures.ts'
import { createLoadFailureStore } from './store.sql.ts'

const known = ['sample', 'other', 'many', 'hostile', 'bounded', 'moved']

eachDatabase((name, open) => {
  describe(`load failures on ${name}`, () => {
    let opened: OpenDatabase
    let failures: LoadFailures
    const clock = { time: Date.UTC(2030, 0, 1), now: () => clock.time }

    beforeAll(async () => {
      opened = await open()
      failures = createLoadFailures({
        store: createLoadFailureStore(opened.db),
        clock,
        ids: createIds(clock),
        uis: {
          get(slug) {
            if (!known.includes(slug)) throw new ToolboxError('not_found', `No toolkit is called ${slug}.`)
            return { version: '1.0.0', local: null, remote: null }
          },
        },
      })
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    async function report(slug: string, cause: string, over: object = {}, by = 'ada') {
      clock.time += 1000
      const input = contract.reportLoadFailure.input.parse({
        slug,
        cause,
        specifier: 'remote',
        stage: 'load',
        url: `/toolkit-assets/${slug}/d1/dist/ui/index.js?attempt=1`,
        browser: 'Browser 1',
        ...over,
      })
      return contract.loadFailure.parse(await failures.report(input, by))
    }
    const list = async (input: object = {}) =>
      contract.listLoadFailures.output.parse(
        await failures.list(contract.listLoadFailures.input.parse(input)),
      )

    it('are kept word for word, with who saw them, when and in what', async () => {
      expect(await report('sample', 'SyntaxError: Unexpected token <')).toMatchObject({
        toolkit: 'sample',
        version: '1.0.0',
        specifier: 'remote',
        stage: 'load',
        url: '/toolkit-assets/sample/d1/dist/ui/index.js',
        message: 'Failed to load toolkit UI for sample',
        cause: 'SyntaxError: Unexpected token <',
        count: 1,
        lastSeenBy: { name: 'ada', browser: 'Browser 1' },
      })
    })

    it('are counted when the cause is the same, and listed by when they were seen last', async () => {
      const first = await report('other', 'boom')
      await report('other', 'another')
      await report('other', 'boom', { stage: 'render' })
      const again = await report('other', 'boom', { browser: 'Browser 2' }, 'grace')
      expect(again).toMatchObject({
        id: first.id,
        count: 2,
        firstSeenAt: first.firstSeenAt,
        lastSeenBy: { name: 'grace', browser: 'Browser 2' },
      })
      expect(again.lastSeenAt > first.lastSeenAt).toBe(true)
      const { items } = await list({ toolkit: 'other' })
      expect(items.map(({ cause, stage, count }) => [cause, stage, count])).toEqual([
        ['boom', 'load', 2],
        ['boom', 'render', 1],
        ['another', 'load', 1],
      ])
    })

    it('are the same when they differ by the attempt and the digest alone', async () => {
      const at = (digest: string, query: string) =>
        report('moved', `Failed to fetch /toolkit-assets/moved/${digest.repeat(64)}/dist/ui/index.js${query}`)
      await at('a', '')
      await at('a', '?attempt=1')
      expect(await at('b', '?attempt=12')).toMatchObject({ count: 3 })
    })

    it('lose what can not be seen, and what is very long', async () => {
      const { cause } = await report(
        'hostile',
        '\u001b[31mred\u001b[0m\r\nnext\u0000 \u202eturned\ufeff\ud800',
      )
      expect(cause).toBe('red\nnext turned\ufffd')
      const { cause: long } = await report('hostile', 'x'.repeat(20_000))
      expect(long).toBe(`${'x'.repeat(1999)}…`)
    })

    it('are refused for a toolkit that is not there', async () => {
      await expect(report('unknown', 'boom')).rejects.toMatchObject({ code: 'not_found' })
    })

    it('come page by page', async () => {
      for (let number = 0; number < 5; number++) await report('many', `cause ${number}`)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({
          toolkit: 'many',
          limit: 2,
          ...(cursor && { cursor }),
        })
        seen.push(...page.items.map(({ cause }) => cause))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen).toEqual(['cause 4', 'cause 3', 'cause 2', 'cause 1', 'cause 0'])
      await expect(list({ cursor: 'mine' })).rejects.toMatchObject({ code: 'validation_failed' })
    })

    it('make room: those seen last are kept', async () => {
      for (const cause of ['old', 'new', 'newest']) await report('bounded', cause)
      await report('bounded', 'old')
      await createLoadFailureStore(opened.db).trim(2)
      expect((await list()).items.map(({ cause, count }) => [cause, count])).toEqual([
        ['old', 2],
        ['newest', 1],
      ])
    })
  })
})
