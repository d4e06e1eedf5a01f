/** What the command ends with. Scripts rely on them; they are documented in the README and by `toolbox help exit-codes`. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  forbidden: 3,
  notFound: 4,
  conflict: 5,
  unavailable: 69,
  internal: 70,
  interrupted: 130,
  brokenPipe: 141,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const byProblemCode: Readonly<Record<string, ExitCode>> = {
  operation_failed: exitCodes.failed,
  timed_out: exitCodes.failed,
  rate_limited: exitCodes.unavailable,
}

const byStatus: Readonly<Record<number, ExitCode>> = {
  202: exitCodes.failed,
  401: exitCodes.forbidden,
  403: exitCodes.forbidden,
  404: exitCodes.notFound,
  409: exitCodes.conflict,
  412: exitCodes.conflict,
  422: exitCodes.failed,
  429: exitCodes.unavailable,
  502: exitCodes.unavailable,
  503: exitCodes.unavailable,
  504: exitCodes.unavailable,
}

/** The exit code for a problem document; its `code` decides before its HTTP status. */
export function exitCodeOf(problem: { readonly code: string; readonly status: number }): ExitCode {
  const known = byProblemCode[problem.code] ?? byStatus[problem.status]
  if (known !== undefined) return known
  return problem.status >= 500 ? exitCodes.internal : exitCodes.usage
}

export const exitCodesHelp = `Exit codes

    0  done; for \`run --follow\` and \`jobs logs --follow\`: the job succeeded
    1  the operation or the job failed, was cancelled or lost
    2  wrong usage or invalid input; nothing was done
    3  not signed in, or a role, token or persona does not allow it
    4  there is no such thing
    5  conflict: it changed in the meantime, or is disabled
   69  unavailable: the server can't be reached, is not ready (503) or asks to slow down (429)
   70  something is wrong on our side
  130  interrupted (Ctrl-C); a job that was started goes on
  141  the reader of the output went away, as in \`| head\`

Errors go to standard error. With --json they are one problem document (RFC 9457) on one line:
\`code\`, \`title\`, \`detail\`, perhaps \`errors\` and \`requestId\`; \`status\` when a server answered.
`
