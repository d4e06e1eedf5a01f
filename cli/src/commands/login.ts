import { hostname } from 'node:os'
import { createToken, login, logout } from '@sre-toolbox/contract/identity'
import { Command } from 'commander'
import { CommandError, wrongUsage } from '../command-error.ts'
import { clientFor, findTarget } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { createCredentialStore } from '../credentials.ts'
import { ask, askHidden, readLine } from '../sign-in/prompt.ts'
import { revokeOwnToken } from '../sign-in/revoke.ts'
import { show } from '../view.ts'

interface Options extends ApiOptions {
  readonly username?: string
  readonly passwordStdin?: boolean
}

export function createLoginCommand(context: Context): Command {
  return new Command('login')
    .description('Sign in with a password and keep an API token for later commands.')
    .option('--url <url>', 'the Toolbox (else TOOLBOX_URL, else the one signed in to last)')
    .option('--username <name>', 'who signs in; asked for on a terminal')
    .option('--password-stdin', 'read the password from standard input instead of asking')
    .option('--json', 'print who signed in as JSON')
    .action(async (options: Options) => {
      const store = createCredentialStore(context.env)
      const { url } = await findTarget(context, options.url, store)
      warnOfPlainText(context, url)
      const username = options.username ?? (await askOnTerminal(context, 'User name: ', ask))
      const password = options.passwordStdin
        ? await readLine(context)
        : await askOnTerminal(context, `Password for ${username} at ${url}: `, askHidden)
      const { user, token } = await signIn(context, url, username, password)

      const saved = await store.read()
      const replaced = saved.tokens[url]?.token
      await store.write({ current: url, tokens: { ...saved.tokens, [url]: { token } } })
      if (replaced) await revokeOwnToken(context, url, replaced).catch(() => {})
      show(context, options, { url, user }, () => `Signed in to ${url} as ${user.username}.`)
      if (context.env.TOOLBOX_TOKEN) {
        context.stderr.write(
          'TOOLBOX_TOKEN is set and wins over this sign-in; unset it to use the new one.\n',
        )
      }
    })
}

/** Trades the password for an API token; the session made on the way is ended again. */
async function signIn(context: Context, url: string, username: string, password: string) {
  const anonymous = clientFor(context, url, {})
  const response = await anonymous.send(login, { username, password })
  const cookie = response.headers
    .getSetCookie()
    .map((header) => header.split(';', 1)[0] as string)
    .join('; ')
  const body = (await response.json().catch(() => null)) as { user: { username: string } } | null
  if (cookie === '' || !body?.user) {
    const detail = `${url} took the password but opened no session. Is it a Toolbox? Check --url.`
    throw new CommandError({ code: 'unavailable', title: 'No session', detail }, 69)
  }
  const session = clientFor(context, url, { cookie, 'x-toolbox-csrf': '1' })
  const name = `toolbox CLI on ${hostname()}`.slice(0, 100)
  const { token } = await session.call(createToken, { name })
  await session.call(logout, {}).catch(() => {})
  return { user: body.user, token }
}

async function askOnTerminal(
  context: Context,
  question: string,
  prompt: (context: Context, question: string) => Promise<string>,
): Promise<string> {
  if (!context.stdin.isTTY) {
    throw wrongUsage('There is no terminal to ask on. Give --username, and the password by --password-stdin.')
  }
  return prompt(context, question)
}

function warnOfPlainText(context: Context, url: string): void {
  const { protocol, hostname: host } = new URL(url)
  if (protocol === 'https:' || /^(localhost|127\..*|\[::1\])$/.test(host)) return
  context.stderr.write(
    `Warning: ${url} is not encrypted; anyone on the way can read the password. Use https.\n`,
  )
}
