export type { Authenticate, Credentials } from './authenticate.ts'
export type { Bootstrapped, FirstAdministrator } from './bootstrap.ts'
export type { Identity, IdentityDeps } from './identity.ts'
export { createIdentity } from './identity.ts'
export type { PasswordCost } from './passwords.ts'
export type { IdentityStore, Personas } from './ports.ts'

/** Sent (with any value) by our own pages with every change that a cookie authorises; no other page can send it. */
export const csrfHeader = 'x-toolbox-csrf'
