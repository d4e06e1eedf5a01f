import { Command } from 'commander'
import type { Context } from './context.ts'

interface Group {
  readonly name: string
  readonly summary: string
  /** Imported only when the group is used, so that no command waits for the code of another. */
  readonly load: (context: Context) => Promise<Command>
}

const groups: readonly Group[] = [
  {
    name: 'serve',
    summary: 'start the server',
    load: async (context) => (await import('./commands/serve.ts')).createServeCommand(context),
  },
  {
    name: 'worker',
    summary: 'start a process that only runs jobs',
    load: async (context) => (await import('./commands/worker.ts')).createWorkerCommand(context),
  },
  {
    name: 'backup',
    summary: 'copy the built-in database into a file',
    load: async (context) => (await import('./commands/backup.ts')).createBackupCommand(context),
  },
  {
    name: 'restore',
    summary: 'put a backup in place of the built-in database',
    load: async (context) => (await import('./commands/restore.ts')).createRestoreCommand(context),
  },
  {
    name: 'login',
    summary: 'sign in to a Toolbox and keep an API token for later commands',
    load: async (context) => (await import('./commands/login.ts')).createLoginCommand(context),
  },
  {
    name: 'logout',
    summary: 'revoke the API token and forget it',
    load: async (context) => (await import('./commands/logout.ts')).createLogoutCommand(context),
  },
  {
    name: 'call',
    summary: 'run any operation and print its answer',
    load: async (context) => (await import('./commands/call.ts')).createCallCommand(context),
  },
  {
    name: 'run',
    summary: "submit a toolkit's operation as a job, and follow it",
    load: async (context) => (await import('./commands/run.ts')).createRunCommand(context),
  },
  {
    name: 'jobs',
    summary: 'list, show, follow, cancel, retry and inspect jobs',
    load: async (context) => (await import('./commands/jobs.ts')).createJobsCommand(context),
  },
  {
    name: 'toolkits',
    summary: 'list, show, enable, disable and set up toolkits',
    load: async (context) => (await import('./commands/toolkits.ts')).createToolkitsCommand(context),
  },
  {
    name: 'codex',
    summary: 'backlog, sessions and journal of this repository; works offline',
    load: async (context) => (await import('./commands/codex.ts')).createCodexGroup(context),
  },
]

export const groupNames = groups.map((group) => group.name)

/** The command tree, with the named group in full and the others by name and summary only. */
export async function createProgram(context: Context, wanted: string | undefined): Promise<Command> {
  const program = new Command('toolbox')
    .description('Run, watch and steer operations of an SRE Toolbox.')
    .version('0.1.0', '-V, --version')
    .addHelpText('after', '\n`toolbox help exit-codes` lists what the exit codes mean.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      // Errors are reported in one place, for people or as JSON.
      outputError: () => {},
    })
  for (const { name, summary, load } of groups) {
    if (name !== wanted) program.command(name).description(summary)
    else inherit(program, program.addCommand(await load(context)).commands.at(-1) as Command)
  }
  return program
}

function inherit(parent: Command, command: Command): void {
  // A command that answers --help itself goes on doing so.
  const helpsItself = command.options.some(({ long }) => long === '--help')
  command.copyInheritedSettings(parent)
  if (helpsItself) command.helpOption(false)
  for (const child of command.commands) inherit(command, child)
}
