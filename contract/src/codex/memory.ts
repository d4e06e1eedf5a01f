import { z } from 'zod'
import { page, pageQuery } from '../common.ts'
import { declare } from '../operation.ts'
import { inWorkspace } from './common.ts'

export const journalEntry = z.object({
  date: z.string().describe('YYYY-MM-DD'),
  title: z.string(),
  task: z.string().nullable(),
  text: z.string().describe('Markdown, with its heading'),
  line: z.number().int(),
})
export type JournalEntry = z.infer<typeof journalEntry>

export const readJournal = declare({
  id: 'codex.readJournal',
  title: 'Read the journal',
  description: 'The newest entries first. Every filter narrows.',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/journal',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    ...inWorkspace,
    task: z.string().max(400).optional().describe('`area/id` or a bare id'),
    q: z.string().trim().min(1).max(200).optional().describe('text in the entry, any case'),
    ...pageQuery,
  }),
  output: page(journalEntry).extend({ total: z.number().int().describe('entries that fit the filters') }),
})

export const getProgress = declare({
  id: 'codex.getProgress',
  title: 'Show the progress snapshot',
  description: 'ai/state/progress.json as it is on disk.',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/progress',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(inWorkspace),
  output: z.object({
    lastUpdated: z.string().nullable(),
    sessionCounter: z.number().int(),
    activeTask: z.string().nullable(),
    why: z.string().nullable(),
    lastTask: z.string().nullable(),
    recentUpdates: z.array(
      z.object({ task: z.string(), status: z.string(), summary: z.string(), at: z.string().nullable() }),
    ),
    blockers: z.array(z.string()),
  }),
})
export const memoryOperations = [readJournal, getProgress] as const
