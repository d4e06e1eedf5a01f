import type { CodexTask } from '@sre-toolbox/contract/codex/library'
import { expect, it } from 'vitest'
import { terminalCommand } from './terminal-command.ts'

const input = (name: string, required: boolean, given?: string): CodexTask['inputs'][number] => ({
  name,
  type: 'text',
  description: '',
  required,
  ...(given !== undefined && { default: given }),
})

it('leaves a place for what has to be told, and only for that', () => {
  const inputs = [input('release', true), input('note', false), input('zone', true, 'utc')]
  expect(terminalCommand({ slug: 'check', inputs })).toBe('toolbox codex tasks run check --input release=…')
  expect(terminalCommand({ slug: 'check', inputs: [] })).toBe('toolbox codex tasks run check')
})
