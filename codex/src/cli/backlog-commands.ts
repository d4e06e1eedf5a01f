import type { Command } from 'commander'
import type { Edit } from '../backlog/edit.ts'
import { refuse } from '../kernel/errors.ts'
import { type CommandLine, type CommonOptions, readCount } from './command-line.ts'

/** Commands that read and edit the backlog. */
export function backlogCommands({ define, run, context }: CommandLine): Command[] {
  const edit = (options: CommonOptions, edits: () => Edit[], said: string) =>
    run(options, async () => {
      const { createBacklogBook } = await import('../backlog/backlog-book.ts')
      const { version } = await createBacklogBook(await context(options)).edit(edits())
      return { data: { version }, text: said }
    })

  const next = define('next', 'name the most valuable task that nothing holds up, and say why')
    .option('-n, --count <n>', 'show so many', '3')
    .action((options: CommonOptions & { count: string }) =>
      run(options, async () => {
        const [{ readMemory }, { rankTasks }, { claimsOf }, { nextAnswer }] = await Promise.all([
          import('../memory/memory.ts'),
          import('../backlog/next-task.ts'),
          import('../events/claims.ts'),
          import('./next-answer.ts'),
        ])
        const { workspace, now } = await context(options)
        const { backlog, history } = await readMemory(workspace)
        const ranking = rankTasks(backlog.backlog, claimsOf(history.sessions, now()), now())
        return nextAnswer(ranking, readCount(options.count))
      }),
    )

  const set = define(
    'set <task> <key=value...>',
    "set a task's keys; key= removes one, blockers and dependsOn take a,b,c",
  )
    .argument('<task>')
    .argument('<pairs...>')
    .option('--if-version <version>', 'only if the backlog is still this version')
    .option('--was <key=value...>', 'only if these keys still have these values')
    .action(
      (task: string, pairs: string[], options: CommonOptions & { ifVersion?: string; was?: string[] }) =>
        run(options, async () => {
          const [{ createBacklogBook }, { requireTask }, { refuseMistyped }, { refuseBareDone }] =
            await Promise.all([
              import('../backlog/backlog-book.ts'),
              import('../backlog/edit-backlog.ts'),
              import('../backlog/refuse-mistyped.ts'),
              import('../backlog/refuse-bare-done.ts'),
            ])
          const set = parsePairs(pairs)
          const was = parsePairs(options.was ?? [])
          const { version } = await createBacklogBook(await context(options)).edit(
            ({ backlog: { backlog } }) => {
              const found = requireTask(backlog, task)
              refuseMistyped(found, set)
              refuseBareDone(found, set)
              return [{ kind: 'setTask', task, set, was }]
            },
            options.ifVersion,
          )
          return { data: { version }, text: `${task}: ${pairs.join(', ')}` }
        }),
    )

  const add = define('add <area/id>', 'put a task on the backlog')
    .argument('<address>')
    .requiredOption('--title <text>', 'what is to be done, in a line')
    .option('--priority <priority>', 'critical, high, medium or low')
    .option('--status <status>', 'backlog, in_progress, blocked or done', 'backlog')
    .option('--notes <text>', 'what else there is to know')
    .option('--depends-on <tasks>', 'the tasks that have to be done first: a,b,c')
    .action((address: string, options: CommonOptions & NewTaskOptions) =>
      run(options, async () => {
        const [{ createBacklogBook }, codex] = await Promise.all([
          import('../backlog/backlog-book.ts'),
          context(options),
        ])
        const [area, id] = splitAddress(address)
        const task = newTask(id, options, codex.now())
        const { version } = await createBacklogBook(codex).edit([{ kind: 'addTask', area, task }])
        return { data: { task: address, version }, text: `${address} is on the backlog.` }
      }),
    )

  const addArea = define('add-area <id>', 'add an area to the backlog')
    .argument('<id>')
    .requiredOption('--title <text>', 'its name')
    .option('--summary <text>', 'what belongs into it')
    .option('--priority <priority>', 'for tasks that have none of their own')
    .action((id: string, options: CommonOptions & { title: string; summary?: string; priority?: string }) => {
      const { title, summary, priority } = options
      const area = () => {
        requireTitle(title)
        const more = { ...(summary ? { summary } : {}), ...(priority ? { priority } : {}) }
        return { id: requireId(id), title, ...more, tasks: [] }
      }
      return edit(options, () => [{ kind: 'addArea', area: area() }], `The area ${id} is on the backlog.`)
    })

  const move = define(
    'move <task>',
    'move a task to the end of its area, before another task, or to another area',
  )
    .argument('<task>')
    .option('--before <task>', 'right before this task')
    .option('--to <area>', 'to this area; references to the task follow')
    .action((task: string, options: CommonOptions & { before?: string; to?: string }) =>
      run(options, async () => {
        const [{ createBacklogBook }, { editsToMove }, { requireTask }] = await Promise.all([
          import('../backlog/backlog-book.ts'),
          import('../backlog/move-task.ts'),
          import('../backlog/edit-backlog.ts'),
        ])
        const { before, to } = options
        const { version } = await createBacklogBook(await context(options)).edit(({ backlog: { backlog } }) =>
          editsToMove(backlog, task, to ?? requireTask(backlog, task).area, before),
        )
        return { data: { version }, text: `${task} was moved.` }
      }),
    )

  const remove = define('remove <task>', 'take a task off the backlog; comments above it stay')
    .argument('<task>')
    .action((task: string, options: CommonOptions) =>
      edit(options, () => [{ kind: 'removeTask', task }], `${task} is off the backlog.`),
    )

  return [next, set, add, addArea, move, remove]
}

type NewTaskOptions = { title: string; priority?: string; status: string; notes?: string; dependsOn?: string }

function newTask(id: string, { title, status, priority, notes, dependsOn }: NewTaskOptions, now: Date) {
  requireTitle(title)
  return {
    id,
    title,
    status,
    ...(priority ? { priority } : {}),
    ...(notes ? { notes } : {}),
    ...(dependsOn ? { dependsOn: listed(dependsOn) } : {}),
    added: now.toISOString().slice(0, 10),
  }
}

function splitAddress(address: string): [string, string] {
  const [area, id, ...rest] = address.split('/')
  if (!area || !id || rest.length > 0)
    throw refuse('bad_address', `Write area/task instead of \`${address}\`.`)
  return [area, requireId(id)]
}

/** An address is `area/task`, and a list of them has commas: an id holds neither, and no blanks. */
function requireId(id: string): string {
  if (/^[^\s,/]+$/.test(id)) return id
  throw refuse('bad_id', `\`${id}\` can't be an id: write one word without blanks, commas and slashes.`)
}

function requireTitle(title: string): void {
  if (title.trim() === '') throw refuse('no_title', 'Say in a line what it is: --title "…".')
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function parsePairs(pairs: readonly string[]): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^([A-Za-z_][\w.-]*)=([\s\S]*)$/.exec(pair) ?? []
      if (key === undefined || value === undefined)
        throw refuse('bad_pair', `Write key=value instead of \`${pair}\`.`)
      if (value === '') return [key, undefined]
      return [key, key === 'blockers' || key === 'dependsOn' ? listed(value) : value]
    }),
  )
}
