import type { ToolkitContext } from '@sre-toolbox/sdk'

interface Credential {
  readonly host: string
  readonly header: string
  /** `secret:<name>#<field>`. */
  readonly value: string
}

/** What the settings say to send to the URL's host, and to no other. */
export async function credentialHeaders(
  url: string,
  context: ToolkitContext,
): Promise<Record<string, string>> {
  const { host } = new URL(url)
  const credentials = (context.settings.credentials ?? []) as readonly Credential[]
  const headers: Record<string, string> = {}
  for (const credential of credentials) {
    if (credential.host.toLowerCase() !== host) continue
    headers[credential.header.toLowerCase()] = await context.secrets.get(credential.value)
  }
  return headers
}
