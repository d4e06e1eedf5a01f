import { OperationError, type ToolkitContext } from '@sre-toolbox/sdk'

interface Credential {
  readonly host: string
  readonly header: string
  /** `secret:<name>#<field>`. */
  readonly value: string
}

const telling = /^(authorization|proxy-authorization|cookie|.*(token|secret|api-?key|password).*)$/i

/** Headers of the input are stored and shown with the job. */
export function refuseCredentials(headers: Readonly<Record<string, string>>): void {
  const name = Object.keys(headers).find((header) => telling.test(header))
  if (!name) return
  throw new OperationError(
    'credentials_refused',
    `The header ${name} looks like a credential, and inputs are stored with the job. Let a curator add it to the toolkit's settings, under credentials.`,
  )
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
