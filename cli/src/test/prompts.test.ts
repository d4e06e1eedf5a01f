import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type RealToolbox, startRealToolbox } from './real-toolbox.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const composing = ['codex', 'prompt', 'compose', '--persona', 'toolkit-curator', '--task', 'audit-toolkits']

let server: RealToolbox
beforeAll(async () => {
  server = await startRealToolbox()
})
afterAll(() => server[Symbol.asyncDispose]())

it('asks to sign in before it takes facts from a Toolbox', async () => {
  const refused = await server.toolbox(['codex', 'facts'])
  expect(refused.code).not.toBe(0)
  expect(refused.stderr).toContain('login')
})

it('composes a prompt of the Toolbox that one is signed in to, which passes the check against it', async () => {
  await server.signIn()
  const { code, stdout } = await server.toolbox([...composing, '--live'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^- Toolkit `regex` \d+\.\d+\.\d+, enabled/m)
  const prompt = join(server.configDirectory, 'audit.md')
  await writeFile(prompt, stdout)
  const checked = await server.toolbox(['codex', 'prompt', 'check', prompt, '--live', '--json'])
  expect(JSON.parse(checked.stdout)).toMatchObject({ findings: [] })
})

it("composes a prompt of a toolkit's task, which passes the check against its Toolbox", async () => {
  const words = ['compose', '--persona', 'sre-orchestrator', '--task', 'regex.vet-pattern']
  const { code, stdout } = await server.toolbox(['codex', 'prompt', ...words])
  expect(code).toBe(0)
  expect(stdout).toContain('task: regex.vet-pattern')
  const prompt = join(server.configDirectory, 'vet.md')
  await writeFile(prompt, stdout)
  const checked = await server.toolbox(['codex', 'prompt', 'check', prompt, '--live', '--json'])
  expect(JSON.parse(checked.stdout)).toMatchObject({ findings: [] })
})

it('gives the same from facts that were exported', async () => {
  const facts = join(server.configDirectory, 'facts.json')
  expect((await server.toolbox(['codex', 'facts', '--output', facts])).code).toBe(0)
  const [first, second] = await Promise.all(
    [0, 1].map(() => server.toolbox([...composing, '--facts', facts])),
  )
  expect(first).toEqual(second)
  expect(first?.stdout).toContain('Toolkit `regex`')
})
