import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputOf } from '@sre-toolbox/contract'
import type { addWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import { smallBacklog } from '../../../../codex/test/scratch.ts'
import { type Answer, type Api, bearer, cookie, makeToken, signIn } from '../../../../test/support/api.ts'
import { temporaryDirectory } from '../../../../test/support/temporary.ts'
import { startToolbox } from '../../../../test/support/toolbox.ts'

type Files = Readonly<Record<string, string>>

/** The product, and directories that go away with it. */
export async function openScene() {
  const toolbox = await startToolbox({ settings: { LOG_LEVEL: 'error', PATH: process.env.PATH ?? '' } })
  const temporary = await temporaryDirectory()
  const place = await realpath(temporary.path)
  let count = 0

  /** A new directory with these files. */
  async function directory(files: Files): Promise<string> {
    const root = join(place, `d${++count}`)
    await mkdir(root)
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(root, path, '..'), { recursive: true })
      await writeFile(join(root, path), text)
    }
    return root
  }

  const register = (body: object): Promise<Answer<OutputOf<typeof addWorkspace>>> =>
    toolbox.api.call('POST', '/api/codex/workspaces', { body })

  /** A registered workspace with the small backlog, or with other files. */
  async function workspace(files: Files = { 'docs/TODO.yaml': smallBacklog }) {
    const root = await directory(files)
    const { body } = await register({ name: `w${count}`, directory: root })
    const { id } = body.workspace
    const path = `/api/codex/workspaces/${id}`
    return { id, root, path, todo: () => readFile(join(root, 'docs/TODO.yaml'), 'utf8') }
  }

  /** Somebody with these roles, by an API token. */
  async function somebody(username: string, roles: readonly string[]): Promise<Api> {
    const password = 'twelve letters'
    const body = { username, password, roles, summary: 'works with the codex' }
    await toolbox.api.ask('POST', '/api/users', { body })
    const session = await signIn(toolbox.anyone, username, password)
    return toolbox.anyone.as(bearer(await makeToken(toolbox.anyone.as(cookie(session)))))
  }

  return {
    toolbox,
    api: toolbox.api,
    place,
    directory,
    register,
    workspace,
    somebody,
    async [Symbol.asyncDispose]() {
      await toolbox[Symbol.asyncDispose]()
      await temporary[Symbol.asyncDispose]()
    },
  }
}

export type Scene = Awaited<ReturnType<typeof openScene>>
