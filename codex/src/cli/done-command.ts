import type { Command } from 'commander'
import { refuse } from '../kernel/errors.ts'
import type { DoneRequest, Outcome } from '../sessions/finish-task.ts'
import type { CommandLine, CommonOptions } from './command-line.ts'

type DoneOptions = CommonOptions & {
  lesson: string
  api?: string[]
  route?: string[]
  log?: string[]
  metric?: string[]
  verify?: string[]
  confirm?: string[]
  run?: string[]
  waive?: string[]
  all?: boolean
  commit: boolean
  message?: string
}

/** `done`: the end of a task, with proof. */
export function doneCommand({ define, run, context, deps }: CommandLine): Command {
  const several = (value: string, before: string[] = []) => [...before, value]
  return define(
    'done',
    'close the current task: outcome, lesson, boxes of the pull-request template, one commit',
  )
    .requiredOption('--lesson <text>', 'what was learnt')
    .option('--api <text>', 'outcome: what an API answers now', several)
    .option('--route <text>', 'outcome: what a page shows now', several)
    .option('--log <text>', 'outcome: what a log says now', several)
    .option('--metric <text>', 'outcome: what a metric shows now', several)
    .option('--verify <command>', 'a command that proves the outcome; repeatable', several)
    .option('--confirm <n>', 'confirm box n of the template; repeatable', several)
    .option('--run <n>', 'run the command of box n; repeatable', several)
    .option('--waive <n=reason>', 'leave box n open, and say why; repeatable', several)
    .option('--all', 'take unstaged and new files into the commit')
    .option('--no-commit', 'leave the commit to me')
    .option('--message <text>', "the commit's message")
    .action((options: DoneOptions) =>
      run(options, async () => {
        const { finishTask } = await import('../sessions/finish-task.ts')
        const codex = await context(options)
        const done = await finishTask(codex, requestFrom(options), (text) => deps.stderr.write(text))
        const { session, answers, commit } = done
        const committed = commit ? ` in commit ${commit.slice(0, 12)}` : ''
        return {
          data: { session, boxes: answers, commit: commit ?? null },
          text: `${session.task} is done${committed}.`,
        }
      }),
    )
}

function requestFrom(options: DoneOptions): DoneRequest {
  const kinds: Outcome['kind'][] = ['api', 'route', 'log', 'metric']
  return {
    lesson: options.lesson,
    outcomes: kinds.flatMap((kind) => (options[kind] ?? []).map((text) => ({ kind, text }))),
    verify: options.verify ?? [],
    boxes: {
      confirm: (options.confirm ?? []).flatMap(numbers),
      run: (options.run ?? []).flatMap(numbers),
      waive: new Map((options.waive ?? []).map(waiver)),
    },
    commit: options.commit && {
      all: options.all === true,
      ...(options.message ? { message: options.message } : {}),
    },
  }
}

function numbers(text: string): number[] {
  return text.split(',').map((each) => {
    if (!/^\d+$/.test(each)) throw refuse('bad_box', `\`${each}\` is no number of a box.`)
    return Number(each)
  })
}

function waiver(text: string): [number, string] {
  const [, number, reason] = /^(\d+)=([\s\S]*)$/.exec(text) ?? []
  if (number === undefined || reason === undefined)
    throw refuse('bad_box', `Write --waive "3=why" instead of \`${text}\`.`)
  return [Number(number), reason]
}
