import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createAddresses } from '../backlog/addresses.ts'
import type { Edit } from '../backlog/edit.ts'
import { editBacklog } from '../backlog/edit-backlog.ts'
import { appendEvent } from '../events/chain.ts'
import { fencedOut } from '../events/claims.ts'
import { eventFile } from '../events/read-history.ts'
import { isOpen, type Session } from '../events/session.ts'
import { newProgress } from '../memory/change-memory.ts'
import { type Memory, readMemory } from '../memory/memory.ts'
import { installDriver, isDriverInstalled } from '../merge/install-driver.ts'
import { readProgress } from '../progress/read-progress.ts'
import { type Finding, findingLine } from '../text/finding.ts'
import { readBytes, readIfThere, replaceFile } from '../workspace/files.ts'
import { withLock } from '../workspace/lock.ts'
import { commitChanges, hasPending, recover } from '../workspace/transaction.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { checkFiles } from './check-files.ts'

/** Something a crash or a hand edit left, and what was or would be done about it. */
export type Ailment = { code: string; message: string; cure: string }
export type Diagnosis = { findings: Finding[]; ailments: Ailment[] }

/** Looks for what does not fit together. Nothing is written. */
export async function diagnose(workspace: Workspace): Promise<Diagnosis> {
  const findings = await checkFiles(workspace)
  const ailments: Ailment[] = []
  if (hasPending(workspace)) {
    ailments.push({ code: 'write_cut_off', message: 'A write was cut off half way.', cure: 'finish it' })
  }
  for (const path of leftovers(workspace)) {
    ailments.push({ code: 'leftover', message: `${path} was left by a crash.`, cure: 'remove it' })
  }
  if ((await isDriverInstalled(workspace)) === false) {
    const message = 'This clone merges the memory line by line.'
    ailments.push({ code: 'no_merge_driver', message, cure: 'install the merge driver' })
  }
  const broken = findings.filter((each) => each.severity === 'fatal')
  if (broken.some((each) => each.file === paths.progress)) {
    const message = `${paths.progress} can't be read.`
    ailments.push({ code: 'snapshot_unreadable', message, cure: 'keep a copy and derive it afresh' })
  }
  if (broken.some((each) => each.file !== paths.progress)) return { findings, ailments }
  const memory = await readMemory(workspace)
  ailments.push(...sessionAilments(memory).map(({ ailment }) => ailment))
  if (!broken.length && (await isStale(workspace, memory))) {
    const message = `${paths.progress} is not what follows from the sessions and the backlog.`
    ailments.push({ code: 'snapshot_stale', message, cure: 'derive it afresh' })
  }
  return { findings, ailments }
}

/** Does what `diagnose` says; faults in files that people wrote are left to people. */
export async function repair(
  workspace: Workspace,
  now: Date,
  command: readonly string[],
): Promise<Diagnosis> {
  const before = await diagnose(workspace)
  if ((await isDriverInstalled(workspace)) === false) await installDriver(workspace, command)
  await withLock(workspace, async () => {
    const { leftAlone } = recover(workspace)
    for (const { path, meant } of leftAlone) {
      const message = `${path} was changed after a write to it was cut off; what was meant for it is in ${meant}.`
      before.ailments.push({ code: leftAloneCode, message, cure: 'compare the two by hand' })
    }
    for (const path of leftovers(workspace)) rmSync(workspace.at(path), { force: true })
    await setAsideUnreadable(workspace)
    if ((await checkFiles(workspace)).some((each) => each.severity === 'fatal')) return
    const memory = await readMemory(workspace)
    const cures = sessionAilments(memory)
    const events = cures.flatMap(({ close }) => {
      if (!close) return []
      const path = eventFile(close.session.id)
      const text = readIfThere(workspace.at(path))
      const after = appendEvent(text ?? '', close.session.id, now, { type: 'finished', text: close.why })
      return [{ path, before: text, after }]
    })
    const { text } = memory.backlog
    const edits = cures.flatMap(({ edit }) => edit ?? [])
    commitChanges(workspace, [
      ...events,
      { path: paths.backlog, before: text, after: await editBacklog(text, edits, paths.backlog) },
    ])
    const after = await readMemory(workspace)
    const progress = await newProgress(workspace, after.history, after.backlog.text)
    if (progress) commitChanges(workspace, [progress])
  })
  const after = await diagnose(workspace)
  return { findings: after.findings, ailments: before.ailments }
}

/** The one ailment that people have to cure. */
const leftAloneCode = 'left_alone'

type Cure = { ailment: Ailment; close?: { session: Session; why: string }; edit?: Edit }

/** Open sessions whose task says something else. */
function sessionAilments({ backlog, history }: Memory): Cure[] {
  const addresses = createAddresses(backlog.backlog)
  const lost = new Map(fencedOut(history.sessions).map(({ session, by }) => [session, by]))
  return history.sessions.filter(isOpen).flatMap((session): Cure[] => {
    const name = `The session ${session.id} of ${session.actor}`
    const closing = (code: string, why: string): Cure[] => [
      {
        ailment: { code, message: `${name} is open, but ${why}.`, cure: 'close it' },
        close: { session, why },
      },
    ]
    const by = lost.get(session)
    // Who took the task over knew of it, and so does whoever lost it once they come back: nothing is left to mend.
    if (by && by.fence > session.fence) return []
    if (by) return closing('session_fenced', `${session.task} is held by ${by.actor} (session ${by.id})`)
    const { task } = addresses.resolve(session.task)
    if (!task) return closing('session_without_task', `${session.task} is not on the backlog any more`)
    if (task.status === 'done')
      return closing('session_of_done_task', `${session.task} was set to done by hand`)
    if (task.status !== 'backlog') return []
    const message = `${name} works on ${session.task}, which says backlog.`
    const edit: Edit = { kind: 'setTask', task: session.task, set: { status: 'in_progress' } }
    return [{ ailment: { code: 'status_behind', message, cure: 'set it to in_progress' }, edit }]
  })
}

async function isStale(workspace: Workspace, { history, backlog }: Memory): Promise<boolean> {
  const progress = await newProgress(workspace, history, backlog.text)
  return progress !== undefined && progress.before !== progress.after
}

/** A snapshot that can't be read is derived, so it may go; a copy is kept. */
async function setAsideUnreadable(workspace: Workspace): Promise<void> {
  const path = paths.progress
  const bytes = readBytes(workspace.at(path))
  if (!bytes) return
  const text = bytes.toString('utf8')
  const { findings } = await readProgress(text, path)
  if (findings.length === 0) return
  replaceFile(workspace.at(join(paths.local, 'unfinished', basename(path))), text)
  // Without sessions it would not be written at all; an empty object is the snapshot of a workspace that nobody used.
  replaceFile(workspace.at(path), '{ "sessions": [] }\n')
}

/** Temporary files of writes that never ended; the lock is held by nobody then. */
function leftovers(workspace: Workspace): string[] {
  const directories = [dirname(paths.backlog), dirname(paths.progress), paths.events]
  return directories.flatMap((directory) => {
    try {
      const names = readdirSync(workspace.at(directory)).filter((name) => /^\.\d+-\w+\.tmp$/.test(name))
      return names.map((name) => join(directory, name))
    } catch {
      return []
    }
  })
}

/** What to print of a diagnosis, or of what was done about it. */
export function diagnosisLines({ findings, ailments }: Diagnosis, repaired: boolean): string[] {
  const word = (code: string) => (repaired && code !== leftAloneCode ? 'Done' : 'Cure')
  return [
    ...findings.map(findingLine),
    ...ailments.map((each) => `${each.code}: ${each.message} ${word(each.code)}: ${each.cure}.`),
  ]
}
