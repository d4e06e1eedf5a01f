import { fileURLToPath } from 'node:url'
import { createCodexCommand } from '@sre-toolbox/codex/cli'
import type { Command } from 'commander'
import type { Context } from '../context.ts'

const toolbox = fileURLToPath(new URL('../../bin/toolbox.js', import.meta.url))

export function createCodexGroup(context: Context): Command {
  return createCodexCommand({
    env: context.env,
    cwd: process.cwd(),
    stdout: context.stdout,
    stderr: context.stderr,
    now: context.now,
    // What git runs to merge the codex's files.
    command: [process.execPath, toolbox],
    exitWith: context.exitWith,
    // Loaded by the commands that go to a Toolbox: the others work offline, and at once.
    toolbox: {
      connect: async (url) => (await import('../codex-toolbox.ts')).connectToolbox(context, url),
      seek: async (url) => (await import('../codex-toolbox.ts')).seekToolbox(context, url),
      interactive: context.stdin.isTTY === true && context.stderr.isTTY === true,
      ask: async (question) => (await import('../codex-toolbox.ts')).askPerson(context, question),
      onInterrupt: context.onInterrupt,
    },
  })
}
