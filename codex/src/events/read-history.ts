import { readdirSync } from 'node:fs'
import type { Finding } from '../text/finding.ts'
import { readIfThere } from '../workspace/files.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { readEvents } from './chain.ts'
import type { Event } from './event.ts'
import { foldSession, type Session } from './session.ts'

export type History = {
  sessions: Session[]
  adopted: Extract<Event, { type: 'adopted' }> | undefined
  findings: Finding[]
}

/** Reads every session of a workspace, the earliest first. */
export function readHistory(workspace: Workspace): History {
  const sessions: Session[] = []
  const findings: Finding[] = []
  let adopted: History['adopted']
  for (const name of eventFiles(workspace)) {
    const file = `${paths.events}/${name}`
    const read = readEvents(readIfThere(workspace.at(file)) ?? '', file)
    findings.push(...read.findings)
    const session = foldSession(read.events)
    if (session) sessions.push(session)
    for (const event of read.events) {
      if (event.type === 'adopted' && (!adopted || event.at < adopted.at)) adopted = event
    }
  }
  return { sessions, adopted, findings }
}

export function eventFile(session: string): string {
  return `${paths.events}/${session}.jsonl`
}

function eventFiles(workspace: Workspace): string[] {
  try {
    return readdirSync(workspace.at(paths.events))
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
