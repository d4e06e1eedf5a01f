import { Command } from 'commander'
import { backlogCommands } from './cli/backlog-commands.ts'
import { type CodexCommandDeps, createCommandLine } from './cli/command-line.ts'
import { factsCommand } from './cli/facts-command.ts'
import { memoryCommands } from './cli/memory-commands.ts'
import { personaCommand } from './cli/persona-commands.ts'
import { promptCommand } from './cli/prompt-commands.ts'
import { sessionCommands } from './cli/session-commands.ts'
import { taskCommand } from './cli/task-commands.ts'

export type { CodexCommandDeps } from './cli/command-line.ts'
export type { ConnectedToolbox, ToolboxPort } from './cli/toolbox-port.ts'

/** The tree of `toolbox codex …`. The code of a command is loaded when it runs. */
export function createCodexCommand(deps: CodexCommandDeps): Command {
  const line = createCommandLine(deps)
  const codex = new Command('codex').description(
    'backlog, sessions and journal of this repository; works offline',
  )
  const groups = {
    'Workspace:': memoryCommands(line),
    'Backlog:': backlogCommands(line),
    'Session:': sessionCommands(line),
    'Personas, tasks and prompts:': [
      personaCommand(line),
      taskCommand(line),
      promptCommand(line),
      factsCommand(line),
    ],
  }
  for (const [title, commands] of Object.entries(groups)) {
    for (const command of commands) {
      codex.addCommand(command.helpGroup(title), { hidden: command.name() === 'merge-driver' })
    }
  }
  return codex
}
