import { spawn } from 'node:child_process'
import { refuse } from '../kernel/errors.ts'

/** Runs a shell command in the workspace and refuses when it fails. Its output goes to the terminal alone: it may hold secrets. */
export async function runCommand(
  command: string,
  cwd: string,
  output: (text: string) => void,
): Promise<void> {
  const child = spawn(command, { cwd, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.setEncoding('utf8').on('data', output)
  child.stderr.setEncoding('utf8').on('data', output)
  const ended = await new Promise<string | undefined>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)))
  })
  if (ended !== undefined) {
    throw refuse(
      'check_failed',
      `\`${command}\` failed (${ended}). The task stays open; put it right and try again.`,
      { command },
    )
  }
}
