import { accessSync, constants } from 'node:fs'
import {
  CodexError,
  diagnose,
  findCheckout,
  initWorkspace,
  listSessions,
  readCheckout,
  readStatus,
  repair,
  type Workspace,
} from '@sre-toolbox/codex'
import type { WorkspaceStatus } from '@sre-toolbox/contract/codex/workspaces'
import { workspaceOf } from './deps.ts'
import type { Call, Desk } from './desk.ts'
import { toSession } from './sessions.ts'
import { withSource } from './source-lines.ts'

export const workspaceDesk: Pick<Desk, 'inspect' | 'initialise' | 'repairWorkspace'> = {
  async inspect(call) {
    const workspace = workspaceOf(call)
    const checkout = await orMessage(readCheckout(workspace))
    return {
      status: await statusOf(workspace, call),
      ...(await diagnosisOf(workspace)),
      checkout: checkout.value ?? null,
      checkoutFault: checkout.fault,
      writable: isWritable(workspace.root),
    }
  },

  async initialise(call) {
    const top = findCheckout(call.root)
    if (top !== undefined && top !== call.root) {
      const message = `${call.root} lies in the git checkout ${top}. Register that directory instead.`
      throw new CodexError('not_the_top', 'user', message, { field: 'directory' })
    }
    const confined = () => workspaceOf(call)
    const { created } = await initWorkspace(call.root, new Date(call.now), call.command, confined)
    return { created }
  },

  async repairWorkspace(call) {
    const { ailments, findings } = await repair(workspaceOf(call), new Date(call.now), call.command)
    return { cured: ailments, findings }
  },
}

/** Null where the files can't be read: what is wrong is told by the diagnosis. */
async function statusOf(workspace: Workspace, call: Call): Promise<WorkspaceStatus | null> {
  const now = new Date(call.now)
  try {
    const { focus, areas, next, blocked } = await readStatus({
      workspace,
      now: () => now,
      session: undefined,
    })
    const open = listSessions(workspace, now).filter((each) => each.open)
    const own = open.find((each) => each.id === focus?.id)
    return { focus: own ? toSession(own) : null, sessions: open.map(toSession), areas, next, blocked }
  } catch (error) {
    if (error instanceof CodexError) return null
    throw error
  }
}

async function diagnosisOf(workspace: Workspace) {
  try {
    const { findings, ailments } = await diagnose(workspace)
    return { findings: withSource(workspace, findings), ailments }
  } catch (error) {
    if (!(error instanceof CodexError)) throw error
    const { code, message, details } = error
    const file = typeof details.path === 'string' ? details.path : '.'
    const finding = { code, severity: 'fatal' as const, file, line: 1, column: 1, message, fix: '' }
    return { findings: [finding], ailments: [] }
  }
}

async function orMessage<Value>(asked: Promise<Value>): Promise<{ value?: Value; fault: string | null }> {
  try {
    return { value: await asked, fault: null }
  } catch (error) {
    if (error instanceof CodexError) return { fault: error.message }
    throw error
  }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return false
  }
}
