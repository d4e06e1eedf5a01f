export type { Identity } from './identity.ts'
export { createIdentity } from './identity.ts'
export type { Personas } from './ports.ts'

/** Sent (with any value) by our own pages with every change that a cookie authorises; no other page can send it. */
export const csrfHeader = 'x-toolbox-csrf'
