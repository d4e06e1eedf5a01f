import type { OutputOf } from '@sre-toolbox/contract'
import type { listTasks } from '@sre-toolbox/contract/codex/library'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScene, type Scene } from './test/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

describe('the library', () => {
  it('tells of each task which of its operations this Toolbox lacks', async () => {
    const { items } = await scene.api.ask<OutputOf<typeof listTasks>>('GET', '/api/codex/tasks')
    expect(items.filter(({ origin }) => origin === null)).toHaveLength(12)
    const operations = new Set<string>()
    const document = await scene.api.ask<{
      paths: Record<string, Record<string, { operationId: string }>>
    }>('GET', '/api/openapi.json')
    for (const methods of Object.values(document.paths))
      for (const { operationId } of Object.values(methods)) operations.add(operationId)
    for (const { missingOperations, runnable } of items) {
      expect(missingOperations.filter((id) => operations.has(id))).toEqual([])
      expect(runnable).toBe(missingOperations.length === 0)
    }
    expect(items.find(({ slug }) => slug === 'inspect-failed-jobs')).toMatchObject({ runnable: true })
    for (const { slug } of items)
      expect(await scene.api.ask('GET', `/api/codex/tasks/${slug}`)).toMatchObject({ task: { slug } })
    expect(await scene.api.call('GET', '/api/codex/tasks/absent')).toMatchObject({ status: 404 })
  })
})
