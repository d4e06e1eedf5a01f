import { CommandError, wrongUsage } from '../command-error.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'

interface Overrides {
  readonly port: number | undefined
  readonly host: string | undefined
  readonly dataDirectory: string | undefined
  readonly roles: readonly string[] | undefined
}

/** Runs the server in this process until it is stopped. */
export async function runServer(overrides: Partial<Overrides>): Promise<void> {
  const { serve } = await import('@sre-toolbox/backend/main')
  await serve(overrides).catch((error: unknown) => {
    throw explainServerError(error)
  })
}

/** What the server throws when it can't start, by shape: all faults of its configuration, or one refusal. */
export function explainServerError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { faults, code, status, title, port } = error as Error & Record<string, unknown>
  if (Array.isArray(faults)) {
    return wrongUsage(
      'The configuration is not valid; nothing was started.',
      faults.map((fault) => splitFault(String(fault))),
    )
  }
  if (typeof code === 'string' && typeof status === 'number') {
    return new CommandError(
      { code, title: String(title), detail: error.message },
      exitCodeOf({ code, status }),
      error,
    )
  }
  if (code === 'EADDRINUSE') {
    const detail = `Port ${port} is taken. Stop what listens there, or choose another by --port or PORT.`
    return new CommandError(
      { code: 'conflict', title: 'The port is taken', detail },
      exitCodes.conflict,
      error,
    )
  }
  return error
}

/** `PORT: too high` names the setting first. */
function splitFault(fault: string): { path: string; message: string } {
  const at = fault.indexOf(': ')
  return at < 0 ? { path: '', message: fault } : { path: fault.slice(0, at), message: fault.slice(at + 2) }
}
