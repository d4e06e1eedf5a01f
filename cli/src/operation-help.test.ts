import { operations } from '@sre-toolbox/contract'
import { describe, expect, it, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { helpOfCore, helpOfToolkit, renderOperationHelp } from './operation-help.ts'
import { runToolbox } from './test/run-toolbox.ts'
import type { ToolkitOperation } from './toolkit-operation.ts'
import type { View } from './view.ts'

const view: View = { columns: null, now: 0, style: (_format, text) => text, time: (instant) => instant }
/** Nothing listens there. */
const nowhere = { TOOLBOX_URL: 'http://127.0.0.1:9', TOOLBOX_TOKEN: 'sretb_test' }

test.each(operations.map((each) => [each.id, each] as const))(
  '%s is explained field by field',
  (_id, declaration) => {
    const help = helpOfCore(declaration)
    const text = renderOperationHelp(help, view)
    for (const name of Object.keys(declaration.input.shape))
      expect(text).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
    expect(text).not.toMatch(/undefined|\[object/)
    for (const name of help.input.required ?? []) {
      if (help.input.properties?.[name]?.default === undefined) expect(help.example).toContain(`${name}=`)
    }
  },
)

test("a toolkit's words can't move the cursor, and its nested fields, references and choices are told", () => {
  const operation = {
    id: 'sample.send',
    operation: 'send',
    title: 'Send\u001b[2J',
    description: '',
    mode: 'call',
    effect: 'destructive',
    role: 'toolkit.curator',
    input: {
      type: 'object',
      required: ['to', 'mail', 'note'],
      properties: {
        to: { type: 'array', items: { $ref: '#/$defs/address' } },
        mail: {
          type: 'object',
          required: ['kind'],
          properties: { kind: { enum: ['plain', 'html'] }, size: { type: 'integer', minimum: 1 } },
        },
        note: { type: 'string', examples: ["it's on"] },
        tags: { type: 'object', additionalProperties: { type: 'string' }, description: 'own\u0007 words' },
      },
      $defs: { address: { type: 'string', maxLength: 9 } },
    },
  } as unknown as ToolkitOperation
  expect(renderOperationHelp(helpOfToolkit(operation), view)).toBe(`sample.send  Send\\u{1b}[2J

needs   toolkit.curator
effect  destructive

Input
  to         list of text (at most 9 characters), required
  mail       object, required
  mail.kind  plain | html, required
  mail.size  whole number from 1 on
  note       text, required
  tags       object of text
             own\\u{7} words

Example
  toolbox call sample.send --set 'to=["<to>"]' --set 'mail={"kind":"plain"}' --set 'note=it'\\''s on'`)
})

describe('toolbox call <operation> --help', { timeout: 60_000 }, () => {
  it('needs no Toolbox for an operation of the product, and gives its schema as JSON', async () => {
    const told = await runToolbox(['call', 'jobs.retry', '--help', '--json'], { env: nowhere })
    expect(told).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(told.stdout)).toMatchObject({
      id: 'jobs.retry',
      effect: expect.any(String),
      input: { required: expect.arrayContaining(['jobId']) },
      example: expect.stringContaining('toolbox call jobs.retry --set'),
    })
    expect((await runToolbox(['help', 'call', 'jobs.retry'], { env: nowhere })).stdout).toContain('jobId')
  })

  it("says that a toolkit's is known only to its Toolbox, and without an operation how to call", async () => {
    expect((await runToolbox(['call', 'jobs.lst', '--help'], { env: nowhere })).stderr).toContain(
      'Did you mean jobs.list?',
    )
    const unasked = await runToolbox(['call', 'regex.match', '--help'], { env: nowhere })
    expect(unasked.code).toBe(exitCodes.unavailable)
    for (const words of [
      ['call', '--help'],
      ['call', '-h'],
      ['run', '--help'],
      ['help', 'run'],
    ]) {
      expect((await runToolbox(words, { env: nowhere })).stdout).toMatch(/^Usage: toolbox (call|run) /)
    }
  })
})
