import * as contract from '@sre-toolbox/contract/diagnostics'
import { describe, expect, it } from 'vitest'
import { ToolboxError } from '../kernel/errors.ts'
import { createCompareSpecifiers } from './compare-specifiers.ts'

const good = 'const toolkitUi = { pages: [] }; globalThis.wasRun = true; export { toolkitUi };'

/** `undefined`: the file is not there; null: the toolkit has no interface. */
async function compare(local: string | null | undefined, remote: string | null | undefined) {
  const place = (name: string, text: string | null | undefined) =>
    text === null
      ? null
      : {
          name,
          async read() {
            if (text === undefined) throw new ToolboxError('not_found', `There is no ${name}.`)
            return Buffer.from(text)
          },
        }
  const answer = await createCompareSpecifiers({
    get: () => ({
      version: '1.0.0',
      local: place('/srv/sample/dist/ui/index.js', local),
      remote: place('/toolkit-assets/sample/d1/dist/ui/index.js', remote),
    }),
  })('sample')
  return contract.compareSpecifiers.output.parse(answer)
}

describe('comparing specifiers', () => {
  it('tells of both what they are, and that they are the same; nothing of them runs', async () => {
    const { local, remote, same, findings } = await compare(good, good)
    expect(remote).toMatchObject({
      kind: 'remote',
      reachable: true,
      status: 200,
      contentType: 'text/javascript; charset=utf-8',
      bytes: good.length,
      exports: ['toolkitUi'],
      problem: null,
    })
    expect(local).toMatchObject({ kind: 'local', reachable: true, status: null, digest: remote.digest })
    expect([same, findings]).toEqual([true, []])
    expect('wasRun' in globalThis).toBe(false)
  })

  it('says what to do when what was built is not what is given out', async () => {
    const { same, findings } = await compare(`${good} `, good)
    expect(same).toBe(false)
    expect(findings.join()).toContain('restart, or install it')
  })

  it('says that a file is missing, as it would be answered to a browser', async () => {
    const { remote, same, findings } = await compare(good, undefined)
    expect(remote).toMatchObject({ reachable: false, status: 404, digest: null, exports: null })
    expect(same).toBeNull()
    expect(findings).toEqual(['remote: There is no /toolkit-assets/sample/d1/dist/ui/index.js.'])
  })

  it('sees what is no module, and what lacks the export', async () => {
    const broken = await compare(good, 'import { from "x')
    expect(broken.remote).toMatchObject({ reachable: true, exports: null })
    expect(broken.findings.join()).toContain('no ES module')
    const bare = await compare(good, 'export const Page = 1')
    expect(bare.remote).toMatchObject({ exports: ['Page'] })
    expect(bare.findings.join()).toContain('It exports Page, and no toolkitUi')
  })

  it('says so when a toolkit has no interface', async () => {
    const { local, remote, same } = await compare(null, null)
    expect([local.place, remote.place, same]).toEqual([null, null, null])
    expect(remote.problem).toContain('names no user interface')
  })
})
