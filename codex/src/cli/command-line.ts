import { Command } from 'commander'
import { CodexError, refuse } from '../kernel/errors.ts'
import type { CodexDeps } from '../sessions/deps.ts'
import { printable } from '../text/plain-text.ts'
import type { ConnectedToolbox, ToolboxPort } from './toolbox-port.ts'

/** What the commands touch of the world around them. */
export type CodexCommandDeps = {
  env: Readonly<Record<string, string | undefined>>
  /** Where to look for the workspace. */
  cwd: string
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  /** Milliseconds since 1970. */
  now: () => number
  /** How to run `toolbox` again, for git's merge driver: a program and its arguments. */
  command: readonly string[]
  exitWith: (code: number) => void
  /** The Toolbox that tasks run against; absent where there is no way to one. */
  toolbox?: ToolboxPort
}

export type CommonOptions = { json?: boolean; session?: string; actor?: string }

/** What a command answers: data for `--json`, text for people, and its exit code where that is not 0. */
export type Answer = { data: unknown; text: string; exitCode?: number }

/** Which session a command speaks for, when it is not the checkout's own. A variable that is empty names none. */
export function sessionFor({ session }: CommonOptions, { env }: CodexCommandDeps): string | undefined {
  return session ?? (env.TOOLBOX_CODEX_SESSION || undefined)
}

/** How many of something a person asked for. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw refuse('bad_count', `Give a whole number from 1 on instead of \`${text}\`.`)
  return Number(text)
}

export const noToolbox = (): CodexError =>
  refuse('no_toolbox', 'There is no way to a Toolbox from here. Use the `toolbox` command.')

const exitCodes: Record<string, number> = {
  not_found: 4,
  no_workspace: 4,
  no_session: 4,
  changed_meanwhile: 5,
  claimed: 5,
  fenced: 5,
  session_open: 5,
  session_ended: 5,
  check_failed: 1,
  interrupted: 130,
}

export function createCommandLine(deps: CodexCommandDeps) {
  /** A command that all options common to the codex are added to. */
  const define = (usage: string, summary: string): Command =>
    new Command(usage.split(' ')[0])
      .description(summary)
      .option('--json', 'print one JSON document')
      .option('--session <id>', 'speak for this session (TOOLBOX_CODEX_SESSION)')
      .option('--actor <name>', 'act under this name (TOOLBOX_ACTOR; else the name that git knows)')
      .usage(`[options]${usage.includes(' ') ? usage.slice(usage.indexOf(' ')) : ''}`)

  /** Prints what `work` answers, or why it refused. */
  const run = async (options: CommonOptions, work: () => Promise<Answer>): Promise<void> => {
    try {
      const { data, text, exitCode } = await work()
      const shown = text === '' || text.endsWith('\n') ? text : `${text}\n`
      deps.stdout.write(options.json ? `${JSON.stringify(data)}\n` : printable(shown))
      if (exitCode) deps.exitWith(exitCode)
    } catch (error) {
      if (!(error instanceof CodexError)) throw error
      const { code, message, details } = error
      const problem = { code, title: code.replaceAll('_', ' '), detail: message, ...details }
      deps.stderr.write(options.json ? `${JSON.stringify(problem)}\n` : `error: ${printable(message)}\n`)
      deps.exitWith(exitCodes[code] ?? (error.fate === 'operational' ? 69 : error.fate === 'bug' ? 70 : 2))
    }
  }

  /** What the use cases need, for the workspace around the working directory. */
  const context = async (options: CommonOptions): Promise<CodexDeps> => {
    const [{ findWorkspace }, { uuidv7 }] = await Promise.all([
      import('../workspace/workspace.ts'),
      import('../kernel/ids.ts'),
    ])
    const workspace = findWorkspace(deps.cwd)
    const now = () => new Date(deps.now())
    const { actorName } = await import('./actor-name.ts')
    return {
      workspace,
      now,
      newId: () => uuidv7(now()),
      actor: () => options.actor ?? actorName(deps.env, workspace.root),
      session: sessionFor(options, deps),
    }
  }

  /** The personas and tasks known here: the package's, and the workspace's where there is one. */
  const library = async () => {
    const [{ loadLibrary }, { seekWorkspace }] = await Promise.all([
      import('../library/load-library.ts'),
      import('../workspace/workspace.ts'),
    ])
    return loadLibrary(seekWorkspace(deps.cwd))
  }

  /** Names of what comes with the product, to tell it from what others add. */
  const given = async () => (await import('../library/load-library.ts')).givenNames()

  /** The Toolbox that has a toolkit's addition; connected to once, when it is first needed. */
  const connector = (url: string | undefined): (() => Promise<ConnectedToolbox>) => {
    let connected: Promise<ConnectedToolbox> | undefined
    return async () => {
      if (!deps.toolbox) throw noToolbox()
      connected ??= deps.toolbox.connect(url)
      return connected
    }
  }

  return { define, run, context, library, given, connector, deps }
}

export type CommandLine = ReturnType<typeof createCommandLine>
