import { declare } from '@sre-toolbox/contract/operation'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AuditRecord } from './audit-trail.ts'
import { anonymous, type Caller } from './caller.ts'
import { ToolboxError } from './errors.ts'
import { bind, type Operation } from './operation.ts'
import { createRegistry } from './registry.ts'
import { createRunner, type Request } from './run-operation.ts'

const secretField = z.string().meta({ writeOnly: true }).optional()
const base = {
  title: 't',
  method: 'POST',
  input: z.strictObject({
    n: z.number().default(1),
    secret: secretField,
    to: z.string().default('kit.write'),
  }),
  output: z.unknown(),
} as const
const declarations = [
  declare({ ...base, id: 'demo.read', path: '/read', access: 'toolkit.user', effect: 'read' }),
  declare({ ...base, id: 'demo.write', path: '/write', access: 'toolkit.curator', effect: 'write' }),
  declare({ ...base, id: 'demo.destroy', path: '/destroy', access: 'superuser', effect: 'destructive' }),
  declare({ ...base, id: 'demo.pass', path: '/pass', access: 'delegated', effect: 'write', delegates: true }),
  declare({
    ...base,
    id: 'demo.say',
    path: '/say',
    access: 'toolkit.user',
    effect: 'write',
    personOnly: true,
  }),
]
const [read, write, destroy, pass, say] = declarations as [
  (typeof declarations)[0],
  (typeof declarations)[0],
  (typeof declarations)[0],
  (typeof declarations)[0],
  (typeof declarations)[0],
]

const ada: Caller = {
  ...anonymous('10.0.0.1'),
  kind: 'user',
  userId: 'u1',
  name: 'ada',
  roles: ['toolkit.curator'],
}
const as = (caller: Caller): Request => ({ caller, requestId: 'r1', signal: new AbortController().signal })

describe('the runner', () => {
  let entries: AuditRecord[]
  let ran: string[]
  let auditDown: boolean
  const audit = {
    async record(entry: AuditRecord) {
      if (auditDown) throw new ToolboxError('unavailable', 'the audit log is down')
      entries.push(entry)
    },
  }
  const core: Operation[] = [
    bind(read, ({ n }) => ({ n })),
    bind(write, ({ n }) => {
      ran.push('write')
      if (n === 13) throw new ToolboxError('conflict', 'unlucky')
      return { n }
    }),
    bind(destroy, () => {
      ran.push('destroy')
      return {}
    }),
    bind(pass, ({ n, to }, context) => context.run(to, { n }, { reason: 'because' })),
    bind(say, ({ n }) => ({ n })),
  ]
  /** The same as the product's own, offered by a toolkit. */
  const ofToolkit = ['read', 'write'].map((name, index) => ({
    ...(core[index] as Operation),
    id: `kit.${name}`,
    toolkit: 'kit',
  }))
  const toolkitOperation = (id: string) => ofToolkit.find((operation) => operation.id === id)
  const { registry, faults } = createRegistry({ declarations, core, toolkitOperation })
  const runner = createRunner({ registry, audit })

  beforeEach(() => {
    entries = []
    ran = []
    auditDown = false
  })

  it('is wired without faults, and finds every fault of a wrong wiring at once', () => {
    expect(faults).toEqual([])
    const wrong = createRegistry({
      declarations: [read, read, write],
      core: [core[0] as Operation, core[0] as Operation, core[2] as Operation],
      toolkitOperation: () => undefined,
    })
    expect(wrong.faults).toEqual([
      'operation demo.read has two handlers',
      'operation demo.read is declared twice',
      'operation demo.write has no handler',
      'operation demo.destroy has a handler but no declaration',
    ])
  })

  it('reads without an entry, and gives the input its defaults', async () => {
    expect(await runner.run('demo.read', {}, as(ada))).toEqual({ output: { n: 1 }, jobId: null })
    expect(entries).toEqual([])
  })

  it('leaves one entry for a write, without the secrets of its input', async () => {
    await runner.run('demo.write', { n: 2, secret: 'hunter2' }, as(ada))
    expect(entries).toMatchObject([
      {
        operation: 'demo.write',
        outcome: 'succeeded',
        input: { n: 2, secret: '[redacted]' },
        caller: { name: 'ada' },
      },
    ])
    expect(JSON.stringify(entries)).not.toContain('hunter2')
  })

  it('names the fields that are not valid, and refuses unknown ones', async () => {
    await expect(runner.run('demo.read', { n: 'x', m: 1 }, as(ada))).rejects.toMatchObject({
      code: 'validation_failed',
      details: { errors: [{ path: 'n' }, { path: 'm', message: 'is not a known field' }] },
    })
  })

  it('asks for a sign-in before it looks at anything else', async () => {
    await expect(runner.run('demo.write', { n: 'x' }, as(anonymous('10.0.0.2')))).rejects.toMatchObject({
      code: 'not_signed_in',
    })
    expect(entries).toMatchObject([{ outcome: 'refused', code: 'not_signed_in' }])
  })

  it('says which role is missing, and keeps the refusal', async () => {
    await expect(runner.run('demo.destroy', {}, as(ada))).rejects.toMatchObject({
      code: 'role_missing',
      details: { requiredRole: 'superuser' },
    })
    expect(entries).toMatchObject([{ outcome: 'refused', code: 'role_missing' }])
    expect(ran).toEqual([])
  })

  it('keeps a token to its scope and a persona to its operations, whoever holds it', async () => {
    const token = { id: 't1', name: 'ci', operations: ['jobs.*'], persona: null }
    const scoped: Caller = { ...ada, kind: 'token', superuser: true, token }
    await expect(runner.run('demo.read', {}, as(scoped))).rejects.toMatchObject({ code: 'token_forbids' })
    const persona = { name: 'toolkit-curator', operations: ['demo.read', 'kit.*'], toolkitEffects: [] }
    const agent: Caller = { ...scoped, token: { ...token, operations: null, persona } }
    await expect(runner.run('demo.write', {}, as(agent))).rejects.toMatchObject({ code: 'persona_forbids' })
    expect((await runner.run('demo.read', {}, as(agent))).output).toEqual({ n: 1 })
  })

  it('takes the word of a person who is signed in, and of no token and no job', async () => {
    const person: Caller = { ...ada, sessionId: 's1' }
    expect((await runner.run('demo.say', {}, as(person))).output).toEqual({ n: 1 })
    const token = { id: 't1', name: 'ci', operations: null, persona: null }
    for (const caller of [ada, { ...ada, superuser: true }, { ...ada, kind: 'token', token } as const]) {
      await expect(runner.run('demo.say', {}, as(caller))).rejects.toMatchObject({ code: 'token_forbids' })
    }
  })

  it("grants a persona toolkits' operations by effect and by nothing else, whichever way they are asked for", async () => {
    const operations = ['kit.*', 'kit.write', 'demo.*']
    const token = { id: 't1', name: 'agent', operations: null }
    const agent = (...toolkitEffects: ('read' | 'write')[]): Caller => ({
      ...ada,
      kind: 'token',
      token: { ...token, persona: { name: 'p', operations, toolkitEffects } },
    })
    for (const ask of [
      (id: string, caller: Caller) => runner.run(id, {}, as(caller)),
      (id: string, caller: Caller) => runner.run('demo.pass', { to: id }, as(caller)),
    ]) {
      expect((await ask('kit.read', agent('read'))).output).toEqual({ n: 1 })
      await expect(ask('kit.write', agent('read'))).rejects.toMatchObject({ code: 'persona_forbids' })
      await expect(ask('kit.read', agent())).rejects.toMatchObject({ code: 'persona_forbids' })
      expect((await ask('kit.write', agent('read', 'write'))).output).toEqual({ n: 1 })
    }
  })

  it('passes on what toolkits offer, and nothing of the product itself', async () => {
    const root: Caller = { ...ada, superuser: true }
    for (const to of ['demo.read', 'demo.destroy', 'demo.pass', 'demo.nothing']) {
      await expect(runner.run('demo.pass', { to }, as(root))).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(ran).toEqual([])
  })

  it('runs what is passed on under its own guard, with one entry and the reason', async () => {
    await runner.run('demo.pass', { n: 3 }, as(ada))
    expect(entries).toMatchObject([{ operation: 'kit.write', outcome: 'succeeded', detail: 'because' }])
    entries = []
    await expect(runner.run('demo.pass', { n: 13 }, as(ada))).rejects.toMatchObject({ code: 'conflict' })
    expect(entries).toMatchObject([{ outcome: 'failed', detail: 'because: unlucky' }])
    await expect(runner.run('demo.pass', {}, as({ ...ada, roles: ['toolkit.user'] }))).rejects.toMatchObject({
      code: 'role_missing',
    })
  })

  it('keeps a failure with its code', async () => {
    await expect(runner.run('demo.write', { n: 13 }, as(ada))).rejects.toMatchObject({ code: 'conflict' })
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'conflict', detail: 'unlucky' }])
  })

  it('announces what is destructive before it runs, and does not run it when that can not be written', async () => {
    const root: Caller = { ...ada, superuser: true }
    await runner.run('demo.destroy', {}, as(root), { reason: 'because' })
    expect(entries).toMatchObject([
      { outcome: 'started', detail: 'because' },
      { outcome: 'succeeded', detail: 'because' },
    ])
    auditDown = true
    ran = []
    await expect(runner.run('demo.destroy', {}, as(root))).rejects.toMatchObject({ code: 'unavailable' })
    expect(ran).toEqual([])
  })
})
