import type { Command } from 'commander'
import type { Session } from '../events/session.ts'
import type { Answer, CommandLine, CommonOptions } from './command-line.ts'
import { doneCommand } from './done-command.ts'

/** Commands of a session, from start to done. */
export function sessionCommands(line: CommandLine): Command[] {
  const { define, run, context } = line
  type Sessions = Awaited<ReturnType<typeof sessionsFor>>
  const sessionsFor = async (options: CommonOptions) => {
    const { createSessions } = await import('../sessions/sessions.ts')
    return createSessions(await context(options))
  }
  const step = (
    options: CommonOptions,
    take: (sessions: Sessions) => Promise<Session>,
    say: (session: Session) => string,
  ) =>
    run(options, async (): Promise<Answer> => {
      const session = await take(await sessionsFor(options))
      return { data: { session }, text: say(session) }
    })
  const leaseOption = [
    '--lease <duration>',
    'how long the claim holds without a sign of life (90s, 30m, 4h, 2d)',
  ] as const

  const start = define(
    'start [task]',
    'claim a task, the one that `next` names by default, and begin a session',
  )
    .argument('[task]')
    .option('--why <text>', 'why this one')
    .option(...leaseOption)
    .option('--force', 'take it from its holder, or start it though it waits; needs --why')
    .option('--detached', "leave this checkout's own session as it is")
    .action((task: string | undefined, options: CommonOptions & StartOptions) => {
      const { why, lease, force, detached } = options
      const request = {
        ...(task && { task }),
        ...(why && { why }),
        ...(lease && { lease }),
        ...(force && { force }),
        ...(detached && { detached }),
      }
      return run(options, async (): Promise<Answer> => {
        const [{ createSessions }, { soFar }] = await Promise.all([
          import('../sessions/sessions.ts'),
          import('../journal/so-far.ts'),
        ])
        const codex = await context(options)
        const session = await createSessions(codex).start(request)
        const before = soFar(codex.workspace, session.task)
        const { task: address, title, why, until, id } = session
        const lines = [
          `${address}  ${title}`,
          `  because: ${why}`,
          `  claimed until ${until}, session ${id}`,
          ...(before.length > 0 ? ['so far', ...before.map((line) => `  ${line}`)] : []),
        ]
        return { data: { session, soFar: before }, text: lines.join('\n') }
      })
    })

  const note = define('note <text...>', 'write an observation into the journal and renew the claim')
    .argument('<text...>')
    .option(...leaseOption)
    .action((text: string[], options: CommonOptions & { lease?: string }) =>
      step(
        options,
        (sessions) => sessions.note(text.join(' '), options.lease),
        ({ task }) => `Noted for ${task}.`,
      ),
    )

  const renew = define('renew', 'keep the claim for another lease')
    .option(...leaseOption)
    .action((options: CommonOptions & { lease?: string }) =>
      step(
        options,
        (sessions) => sessions.renew(options.lease),
        ({ task, until }) => `${task} is yours until ${until}.`,
      ),
    )

  const pause = define('pause <why...>', 'stop for a while and keep the claim')
    .argument('<why...>')
    .option(...leaseOption)
    .action((why: string[], options: CommonOptions & { lease?: string }) =>
      step(
        options,
        (sessions) => sessions.pause(why.join(' '), options.lease),
        ({ task, until }) => `${task} is paused and yours until ${until}.`,
      ),
    )

  const resume = define('resume', 'go on with the paused session')
    .option(...leaseOption)
    .action((options: CommonOptions & { lease?: string }) =>
      step(
        options,
        (sessions) => sessions.resume(options.lease),
        ({ task }) => `Back to ${task}.`,
      ),
    )

  const handOver = define(
    'handover <text...>',
    'end the session and tell who comes next what they need to know',
  )
    .argument('<text...>')
    .requiredOption('--to <name>', 'who comes next')
    .action((text: string[], options: CommonOptions & { to: string }) =>
      step(
        options,
        (sessions) => sessions.handOver(options.to, text.join(' ')),
        ({ task }) => `${task} is handed over to ${options.to}.`,
      ),
    )

  const finish = define(
    'finish <text...>',
    'end the session; the task stays in progress, free for the next one',
  )
    .argument('<text...>')
    .action((text: string[], options: CommonOptions) =>
      step(
        options,
        (sessions) => sessions.finish(text.join(' ')),
        ({ task }) => `The session on ${task} is finished.`,
      ),
    )

  const release = define('release', 'give the task back to the backlog')
    .requiredOption('--why <text>', 'why it is given back')
    .action((options: CommonOptions & { why: string }) =>
      step(
        options,
        (sessions) => sessions.release(options.why),
        ({ task }) => `${task} is back on the backlog.`,
      ),
    )

  const block = define('block [task]', 'say what is missing; the current task by default')
    .argument('[task]')
    .option('--missing <text>', 'what is missing, in words')
    .option('--on <task>', 'the task that has to be done first')
    .action((task: string | undefined, options: CommonOptions & { missing?: string; on?: string }) =>
      run(options, async () => {
        const [{ createBlockers }, { blockerFrom }] = await Promise.all([
          import('../sessions/blockers.ts'),
          import('./blocker-from.ts'),
        ])
        const blocker = blockerFrom(options)
        const { address } = await createBlockers(await context(options)).block(task, blocker)
        return { data: { task: address, blocker }, text: `${address} is blocked.` }
      }),
    )

  const unblock = define('unblock <task>', 'take a blocker away, or all of them')
    .argument('<task>')
    .requiredOption('--why <text>', 'what changed')
    .option('--blocker <text>', 'only this one, by its words or its task')
    .action((task: string, options: CommonOptions & { why: string; blocker?: string }) =>
      run(options, async () => {
        const { createBlockers } = await import('../sessions/blockers.ts')
        const blockers = createBlockers(await context(options))
        const { address } = await blockers.unblock(task, options.why, options.blocker)
        return { data: { task: address }, text: `${address}: blocker removed.` }
      }),
    )

  return [start, note, renew, pause, resume, handOver, finish, doneCommand(line), block, unblock, release]
}

type StartOptions = { why?: string; lease?: string; force?: boolean; detached?: boolean }
