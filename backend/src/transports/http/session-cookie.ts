export interface SessionCookie {
  readonly name: string
  /** The session token in a Cookie header; null when there is none. */
  read(header: string | undefined): string | null
  /** A Set-Cookie value. `expiresAt` in milliseconds since the epoch. */
  issue(token: string, expiresAt: number): string
  expire(): string
}

/** The browser refuses a `__Host-` cookie that another host or an unencrypted page tries to set. */
export function createSessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-toolbox_session' : 'toolbox_session'
  const prefix = `${name}=`
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    name,
    read(header) {
      if (header === undefined) return null
      for (const pair of header.split(';')) {
        const cookie = pair.trim()
        if (cookie.startsWith(prefix)) return cookie.slice(prefix.length) || null
      }
      return null
    },
    issue: (token, expiresAt) =>
      `${prefix}${token}${attributes}; Expires=${new Date(expiresAt).toUTCString()}`,
    expire: () => `${prefix}${attributes}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`,
  }
}
