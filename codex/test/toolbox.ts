// Mounts the codex commands alone, as `toolbox` does, for tests that need a real process.
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { createCodexCommand } from '../src/cli.ts'

const now = process.env.TEST_NOW
const program = new Command('toolbox').addCommand(
  createCodexCommand({
    env: process.env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => (now ? Date.parse(now) : Date.now()),
    command: [process.execPath, fileURLToPath(new URL('toolbox.js', import.meta.url))],
    exitWith: (code) => {
      process.exitCode = code
    },
  }),
)
await program.parseAsync()
