import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient } from './client.ts'
import { wrongUsage } from './command-error.ts'
import type { Context } from './context.ts'
import { type CredentialStore, createCredentialStore } from './credentials.ts'

const defaultUrl = 'http://localhost:8080'
const defaultTimeoutMs = 30_000

export interface Target {
  readonly url: string
  readonly token: string | null
}

/** The Toolbox to talk to: option, then environment, then the one signed in to last, then this machine's own. */
export async function findTarget(
  context: Context,
  given: string | undefined,
  store: CredentialStore = createCredentialStore(context.env),
): Promise<Target> {
  const named = given ?? (context.env.TOOLBOX_URL || undefined)
  const override = context.env.TOOLBOX_TOKEN || null
  if (named !== undefined && override) return { url: toBaseUrl(named), token: override }
  const saved = await store.read()
  const url = toBaseUrl(named ?? saved.current ?? defaultUrl)
  return { url, token: override ?? saved.tokens[url]?.token ?? null }
}

/** A client for the Toolbox that the command is about. */
export async function connect(
  context: Context,
  options: { readonly url?: string },
  timeoutMs = defaultTimeoutMs,
): Promise<Client> {
  const { url, token } = await findTarget(context, options.url)
  return clientFor(context, url, token ? bearer(token) : {}, timeoutMs)
}

export function clientFor(
  context: Context,
  url: string,
  credential: Readonly<Record<string, string>>,
  timeoutMs = defaultTimeoutMs,
): Client {
  return createClient({
    url,
    credential,
    timeoutMs,
    sleep,
    random: context.random,
    notice: (text) => void context.stderr.write(`${text}\n`),
  })
}

export function bearer(token: string): { authorization: string } {
  // A header can't carry these, and the error for it would quote the token.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw wrongUsage('The API token holds characters that no token has. Check TOOLBOX_TOKEN.')
  }
  return { authorization: `Bearer ${token}` }
}

export function toBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw wrongUsage(`"${text}" is not a Toolbox URL. Give one such as ${defaultUrl}.`)
  }
  if (url.username || url.password) {
    throw wrongUsage('A Toolbox URL holds no user name or password. Sign in with `toolbox login`.')
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
