import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
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

/** Where it is once it has stopped moving: what loads above it pushes it down. */
async function placeOf(page: Page, selector: string) {
  const box = async () => JSON.stringify(await page.locator(selector).boundingBox())
  let before = ''
  await expect
    .poll(async () => {
      const was = before
      before = await box()
      return before === was
    })
    .toBe(true)
  return JSON.parse(before) as { x: number; y: number; height: number }
}

/** Drags a card with the mouse over a column that is in view. */
export async function dragInto(page: Page, task: string, column: string) {
  const to = await placeOf(page, `[data-column="${column}"]`)
  await drag(page, task, { x: to.x + 60, y: to.y + 20 }, `[data-column="${column}"][data-over=true]`)
}

/** Drags a card with the mouse into the upper half of another. */
export async function dragBefore(page: Page, task: string, before: string) {
  const to = await placeOf(page, `[data-task="${before}"]`)
  await drag(page, task, { x: to.x + 40, y: to.y + 4 }, `[data-task="${before}"][data-drop-before=true]`)
}

async function drag(page: Page, task: string, to: { x: number; y: number }, isOver: string) {
  const from = await placeOf(page, `[data-task="${task}"]`)
  await page.mouse.move(from.x + 40, from.y + from.height - 6)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.locator(isOver).waitFor()
  await page.mouse.up()
}
