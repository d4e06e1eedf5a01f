import { CommandError, wrongUsage } from '../command-error.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'

/** What the server's code throws, by shape: all faults of its configuration, or one refusal. */
export function explainServerError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { faults, code, status, title, syscall, address, port } = error as Error & Record<string, unknown>
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
  if (syscall === 'listen') {
    const reason = listenReasons[String(code)] ?? `can't be listened on (${code}).`
    const detail = `${address}${port ? `:${port}` : ''} ${reason} Choose another by --host and --port.`
    if (code === 'EADDRNOTAVAIL') return wrongUsage(detail)
    return new CommandError({ code: 'conflict', title: 'Nothing to listen on', detail }, exitCodes.conflict)
  }
  return error
}

/** `PORT: too high` names the setting first. */
function splitFault(fault: string): { path: string; message: string } {
  const at = fault.indexOf(': ')
  return at < 0 ? { path: '', message: fault } : { path: fault.slice(0, at), message: fault.slice(at + 2) }
}

const listenReasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: stop what listens there.',
  EADDRNOTAVAIL: 'is no address of this machine.',
  EACCES: 'is not allowed to this user.',
}
