import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { smallBacklog } from '../../codex/test/scratch.ts'
import type { Api } from '../support/api.ts'
import { temporaryDirectory } from '../support/temporary.ts'

/** A registered workspace in a directory that goes away, and seeds that lead there: no other repository is in reach. */
export async function fuzzedWorkspace(api: Api) {
  const directory = await temporaryDirectory()
  const root = await realpath(directory.path)
  const [registered, free] = [join(root, 'registered'), join(root, 'free')]
  await mkdir(join(registered, 'docs'), { recursive: true })
  await mkdir(free)
  await writeFile(join(registered, 'docs/TODO.yaml'), smallBacklog)
  const body = { name: 'to be fuzzed', directory: registered }
  const { workspace } = await api.ask<{ workspace: { id: string } }>('POST', '/api/codex/workspaces', {
    body,
  })
  const path = `/api/codex/workspaces/${workspace.id}/sessions`
  const claim = { task: 'jobs/engine', lease: '2d' }
  const { session } = await api.ask<{ session: { id: string } }>('POST', path, { body: claim })
  return {
    seeds: {
      workspaceId: [workspace.id],
      sessionId: [session.id, '01900000-0000-7000-8000-000000000000'],
      directory: [registered, free, join(root, 'absent'), '/etc', '/'],
      area: ['jobs', 'absent'],
      task: ['engine', 'cron', 'logs', 'absent'],
      before: ['engine', 'cron', 'absent'],
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}
