import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { mergeEvents } from '../events/chain.ts'
import { refuse } from '../kernel/errors.ts'
import { mergeBacklog } from './merge-backlog.ts'
import { mergeJournal } from './merge-journal.ts'
import { mergeProgress } from './merge-progress.ts'
import type { Merged, Sides } from './merge-text.ts'

/** The files git hands to a driver, and the path they are merged for. */
export type DriverCall = { base: string; ours: string; theirs: string; path: string }

/** Merges one file for git: writes the result over `ours` and says whether it is clean. */
export async function runMergeDriver(call: DriverCall): Promise<boolean> {
  const sides: Sides = {
    base: readFileSync(call.base, 'utf8'),
    ours: readFileSync(call.ours, 'utf8'),
    theirs: readFileSync(call.theirs, 'utf8'),
  }
  const { text, clean } = await merge(sides, call.path)
  writeFileSync(call.ours, text)
  return clean
}

async function merge(sides: Sides, path: string): Promise<Merged> {
  const name = basename(path)
  if (name === 'TODO.yaml') return mergeBacklog(sides, path)
  if (name === 'journal.md') return mergeJournal(sides, path)
  if (name === 'progress.json') return mergeProgress(sides, path)
  if (name.endsWith('.jsonl')) return { text: mergeEvents(sides.ours, sides.theirs), clean: true }
  throw refuse('not_ours', `${path} is none of the files that this driver merges.`)
}
