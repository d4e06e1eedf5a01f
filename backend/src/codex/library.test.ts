import type { OutputOf } from '@sre-toolbox/contract'
import type { listPersonas, listTasks } from '@sre-toolbox/contract/codex/library'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addingRepository } from './test/adding-repository.ts'
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

  it('tells of a workspace what its repository adds, and where that comes from', async () => {
    const { id } = await scene.workspace(addingRepository)
    const of = (path: string) => `/api/codex/${path}?workspaceId=${id}`
    const here = {
      workspace: id,
      name: expect.any(String),
      docs: ['docs/release.md'],
      code: ['docs/release.md'],
    }
    const tasks = await scene.api.ask<OutputOf<typeof listTasks>>('GET', of('tasks'))
    expect(tasks.items.find(({ slug }) => slug === 'check-release')).toMatchObject({
      persona: 'release-captain',
      runnable: false,
      origin: { ...here, pullRequest: 'https://git.example/pulls/7' },
    })
    expect(tasks.items.filter(({ origin }) => origin === null)).toHaveLength(12)
    expect(tasks.items.some(({ origin }) => origin && 'toolkit' in origin)).toBe(true)
    expect(await scene.api.ask('GET', of('tasks/check-release'))).toMatchObject({
      task: { inputs: [{ name: 'release' }], origin: here },
    })
    const personas = await scene.api.ask<OutputOf<typeof listPersonas>>('GET', of('personas'))
    const theirs = personas.items.filter(({ origin }) => origin && 'workspace' in origin)
    expect(theirs).toMatchObject([{ slug: 'release-captain', origin: here }])

    const elsewhere = await scene.api.ask<OutputOf<typeof listTasks>>('GET', '/api/codex/tasks')
    expect(elsewhere.items.some(({ slug }) => slug === 'check-release')).toBe(false)
    expect(await scene.api.call('GET', '/api/codex/tasks?workspaceId=absent')).toMatchObject({ status: 404 })
  })

  it('names each file of a repository that adds something in a wrong way', async () => {
    const { id } = await scene.workspace({ ...addingRepository, 'ai/tasks/broken.yaml': 'slug: [' })
    const refused = await scene.api.call<{ detail: string }>('GET', `/api/codex/tasks?workspaceId=${id}`)
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toContain('ai/tasks/broken.yaml')
  })
})
