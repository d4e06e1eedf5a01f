// One of several processes that edit the same backlog: edit-worker.ts <root> <name> <edits>
import { createBacklogBook } from '../../src/backlog/backlog-book.ts'
import type { Changes, Edit } from '../../src/backlog/edit.ts'
import { CodexError } from '../../src/kernel/errors.ts'
import { plainValue } from '../../src/yaml/node.ts'
import { testDeps } from '../scratch.ts'

const [root = '', name = '', edits = '0'] = process.argv.slice(2)
const book = createBacklogBook(testDeps(root, name))
let refused = 0
/** Milliseconds that the slowest edit took until it was made or refused. */
let slowest = 0

async function edit(edits: Edit[]): Promise<void> {
  const start = performance.now()
  try {
    await book.edit(edits)
  } finally {
    slowest = Math.max(slowest, performance.now() - start)
  }
}

/** Reads a task, changes it, and tries again with what is there by now when the edit is refused. */
async function change(task: string, next: (now: Record<string, unknown>) => Changes): Promise<void> {
  while (true) {
    const { backlog } = await book.read()
    const found = backlog.areas.flatMap((area) => area.tasks).find((each) => each.id === task)
    const now = found ? (plainValue(found.node) as Record<string, unknown>) : {}
    const set = next(now)
    const was = Object.fromEntries(Object.keys(set).map((key) => [key, now[key]])) as Changes
    try {
      await edit([{ kind: 'setTask', task, set, was }])
      return
    } catch (error) {
      if (!(error instanceof CodexError) || error.code !== 'changed_meanwhile') throw error
      refused += 1
    }
  }
}

for (let count = 0; count < Number(edits); count += 1) {
  if (count % 4 === 0) await change('shared', ({ counter }) => ({ counter: Number(counter) + 1 }))
  else if (count % 4 === 1) {
    await change('shared', ({ seen }) => ({ seen: [...(seen as string[]), `${name}-${count}`] }))
  } else {
    const each: Edit =
      count % 4 === 2
        ? {
            kind: 'addTask',
            area: 'area',
            task: { id: `${name}-${count}`, title: `Task ${count}: by ${name}` },
          }
        : { kind: 'setTask', task: `own-${name}`, set: { status: 'in_progress', [`edit-${count}`]: count } }
    await edit([each])
  }
}
process.stdout.write(JSON.stringify({ refused, slowest }))
