import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { exitCodes } from '../exit-codes.ts'
import { administrator, type RealToolbox, startRealToolbox } from './real-toolbox.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 })

let server: RealToolbox
beforeAll(async () => {
  server = await startRealToolbox()
})
afterAll(() => server[Symbol.asyncDispose]())

const credentialsFile = () => join(server.configDirectory, 'sre-toolbox', 'credentials.json')
const savedToken = async () => {
  const saved = JSON.parse(await readFile(credentialsFile(), 'utf8'))
  return saved.tokens[server.url].token as string
}

it('keeps a token that only its owner can read, and shows neither it nor the password', async () => {
  const { code, stdout, stderr } = await server.signIn()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toBe(`Signed in to ${server.url} as ada.\n`)
  expect((await stat(credentialsFile())).mode & 0o777).toBe(0o600)
  expect(await savedToken()).toMatch(/^tbx_/)
})

it('signs in with a token named after this machine, and leaves no session behind', async () => {
  await server.signIn()
  const me = await server.toolbox(['call', 'auth.me', '--json'])
  const { user, token } = JSON.parse(me.stdout)
  expect(token.name).toMatch(/^toolbox CLI on /)
  const sessions = await server.toolbox(['call', 'users.sessions', '--set', `userId=${user.id}`, '--json'])
  expect(JSON.parse(sessions.stdout).items).toEqual([])
})

it('revokes the token it replaces', async () => {
  await server.signIn()
  const earlier = await savedToken()
  await server.signIn()
  const { code } = await server.toolbox(['call', 'auth.me'], { env: { TOOLBOX_TOKEN: earlier } })
  expect(code).toBe(exitCodes.forbidden)
})

it('refuses a wrong password without keeping or repeating it', async () => {
  const { code, stdout, stderr } = await server.signIn(administrator.username, 'hunter2hunter2')
  expect(code).toBe(exitCodes.forbidden)
  expect(stdout + stderr).not.toContain('hunter2')
})

it('lets the environment win over what is kept', async () => {
  await server.signIn()
  const { code, stderr } = await server.toolbox(['jobs', 'list'], { env: { TOOLBOX_TOKEN: 'tbx_other' } })
  expect(code).toBe(exitCodes.forbidden)
  expect(stderr).not.toContain('tbx_other')
})

it('goes on with the server signed in to last when none is named', async () => {
  await server.signIn()
  const { code, stdout } = await server.toolbox(['call', 'auth.me', '--json'], { env: { TOOLBOX_URL: '' } })
  expect(code).toBe(0)
  expect(JSON.parse(stdout).user.username).toBe(administrator.username)
})

it('revokes the token and forgets it on logout', async () => {
  await server.signIn()
  const token = await savedToken()
  const { code, stdout } = await server.toolbox(['logout'])
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `Signed out of ${server.url}; its token is revoked.\n`,
  })
  expect(await readFile(credentialsFile(), 'utf8')).not.toContain(token)
  const afterwards = await server.toolbox(['call', 'auth.me'], { env: { TOOLBOX_TOKEN: token } })
  expect(afterwards.code).toBe(exitCodes.forbidden)
  expect((await server.toolbox(['logout'])).stderr).toContain('Nobody is signed in')
})
