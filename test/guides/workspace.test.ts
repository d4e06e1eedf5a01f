import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFiles, playbookOf } from '../../codex/src/index.ts'
import { workspaceAt } from '../../codex/src/workspace/workspace.ts'

const workspace = workspaceAt(join(import.meta.dirname, '../..'))

describe('this repository, a workspace of the codex', () => {
  it('has nothing wrong with its backlog, journal, snapshot, sessions, additions and prompts', async () => {
    expect(await checkFiles(workspace)).toEqual([])
  })

  it('has the playbook that the data gives; `toolbox codex playbook` renders it', () => {
    expect(playbookOf(workspace, false).drifted).toBe(false)
  })
})
