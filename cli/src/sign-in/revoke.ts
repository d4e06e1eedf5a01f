import { me, revokeToken } from '@sre-toolbox/contract/identity'
import { bearer, clientFor } from '../connect.ts'
import type { Context } from '../context.ts'

/** Asks the Toolbox to revoke the very token that asks. */
export async function revokeOwnToken(context: Context, url: string, token: string): Promise<void> {
  const client = clientFor(context, url, bearer(token))
  const { token: details } = await client.call(me, {})
  if (details) await client.call(revokeToken, { tokenId: details.id })
}
