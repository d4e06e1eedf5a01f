import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Api } from '../support/api.ts'
import { temporaryDirectory } from '../support/temporary.ts'

/** A repository with these files, registered as a workspace until it goes out of scope. */
export async function registerWorkspace(api: Api, name: string, files: Readonly<Record<string, string>>) {
  const temporary = await temporaryDirectory()
  const root = await realpath(temporary.path)
  const at = (path: string) => join(root, path)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true })
    await writeFile(at(path), text)
  }
  const body = { name, directory: root, initialise: true }
  const { workspace } = await api.ask<{ workspace: { id: string } }>('POST', '/api/codex/workspaces', {
    body,
  })
  return {
    root,
    api: `/api/codex/workspaces/${workspace.id}`,
    page: `/codex/workspaces/${workspace.id}`,
    read: (path: string) => readFile(at(path), 'utf8'),
    write: (path: string, text: string) => writeFile(at(path), text),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  }
}

export const backlogFile = 'docs/TODO.yaml'

/** Drags a card with the mouse over a column that is in view. */
export async function dragInto(page: Page, task: string, column: string) {
  const from = await page.locator(`[data-task="${task}"]`).boundingBox()
  const to = await page.locator(`[data-column="${column}"]`).boundingBox()
  if (!from || !to) throw new Error('a card or a column is not there')
  await page.mouse.move(from.x + 40, from.y + from.height - 6)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 20, { steps: 6 })
  await page.locator(`[data-column="${column}"][data-over=true]`).waitFor()
  await page.mouse.up()
}

/** Drags a card with the mouse into the upper half of another. */
export async function dragBefore(page: Page, task: string, before: string) {
  const [from, to] = await Promise.all(
    [task, before].map((each) => page.locator(`[data-task="${each}"]`).boundingBox()),
  )
  if (!from || !to) throw new Error('a card is not there')
  await page.mouse.move(from.x + 40, from.y + from.height - 6)
  await page.mouse.down()
  await page.mouse.move(to.x + 40, to.y + 4, { steps: 6 })
  await page.locator(`[data-task="${before}"][data-drop-before=true]`).waitFor()
  await page.mouse.up()
}
