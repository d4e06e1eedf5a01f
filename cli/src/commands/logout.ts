import { Command } from 'commander'
import { CommandError, wrongUsage } from '../command-error.ts'
import { toBaseUrl } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { createCredentialStore } from '../credentials.ts'
import { exitCodes } from '../exit-codes.ts'
import { revokeOwnToken } from '../sign-in/revoke.ts'
import { show } from '../view.ts'

export function createLogoutCommand(context: Context): Command {
  return new Command('logout')
    .description('Revoke the API token that `toolbox login` made, and forget it.')
    .option('--url <url>', 'the Toolbox (else TOOLBOX_URL, else the one signed in to last)')
    .option('--json', 'print the result as JSON')
    .action(async (options: ApiOptions) => {
      const store = createCredentialStore(context.env)
      const saved = await store.read()
      const named = options.url ?? (context.env.TOOLBOX_URL || saved.current)
      if (named === null) throw wrongUsage('Nobody is signed in here.')
      const url = toBaseUrl(named)
      const token = saved.tokens[url]?.token
      if (token === undefined) throw wrongUsage(`Nobody is signed in to ${url} here.`)

      const revoked = await revokeOwnToken(context, url, token).then(
        () => true,
        (error: unknown) => tokenIsGone(error),
      )
      const { [url]: _, ...tokens } = saved.tokens
      const current = saved.current === url ? (Object.keys(tokens)[0] ?? null) : saved.current
      await store.write({ current, tokens })
      if (!revoked) {
        const detail = `The token is forgotten here, but ${url} could not be asked to revoke it. Revoke it there when it is back.`
        throw new CommandError({ code: 'unavailable', title: 'Not revoked', detail }, exitCodes.unavailable)
      }
      show(context, options, { url, revoked }, () => `Signed out of ${url}; its token is revoked.`)
    })
}

function tokenIsGone(error: unknown): boolean {
  return error instanceof CommandError && error.exitCode === exitCodes.forbidden
}
