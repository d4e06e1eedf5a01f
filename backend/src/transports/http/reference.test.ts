import { operations } from '@sre-toolbox/contract'
import { streams } from '@sre-toolbox/contract/streams'
import { toolkitManifestSchema } from '@sre-toolbox/sdk/manifest'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOpenApi, type ToolkitOperationView } from './openapi.ts'
import { adminToken, startTestServer, type TestServer } from './testing/test-server.ts'

const probe: ToolkitOperationView = {
  id: 'latency-sleuth.probe',
  operation: 'probe',
  title: 'Probe',
  description: 'Measures an address.',
  mode: 'job',
  effect: 'read',
  role: 'toolkit.user',
  idempotent: true,
  timeoutSeconds: 60,
  concurrency: null,
  input: { type: 'object', properties: { url: { type: 'string' } } },
  output: { type: 'object' },
}

let running: TestServer
beforeAll(async () => {
  running = await startTestServer({ toolkitOperations: () => [probe] })
})
afterAll(() => running.server.close(1000))

interface DescribedOperation {
  operationId: string
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
  'x-toolbox': { access: string; effect: string }
}

const documentOf = createOpenApi(operations, streams, '1.2.3')
const described = Object.entries(documentOf([probe]).paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, DescribedOperation>).map(([method, operation]) => ({
    path,
    method,
    operation,
  })),
)

describe('the OpenAPI document', () => {
  test('has every operation of the contract once, with access and effect', () => {
    const declared = [...operations, ...streams].map(({ id, access, effect }) => ({ id, access, effect }))
    const found = described.map(({ operation }) => ({ id: operation.operationId, ...operation['x-toolbox'] }))
    const toolkitOwn = { id: probe.id, access: 'toolkit.user', effect: 'read' }
    expect(new Set(found)).toEqual(new Set([...declared, toolkitOwn]))
    expect(found).toHaveLength(declared.length + 1)
  })

  test.each(described)('$method $path: parameters match the path, schemas compile', ({ path, operation }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name)).toEqual(named)
    expect(inPath.every(({ required }) => required)).toBe(true)
    expect(Object.keys(operation.responses)).toContain('default')

    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const contents = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}),
    )
    const schemas = [...contents, ...(operation.parameters ?? [])].map(({ schema }) => schema)
    for (const schema of schemas) expect(() => ajv.compile(schema)).not.toThrow()
  })

  test('splits an input into path, header and body', () => {
    const submit = described.find(({ operation }) => operation.operationId === 'jobs.submit')?.operation
    expect(submit?.parameters).toMatchObject([{ name: 'idempotency-key', in: 'header', required: false }])
    expect(submit?.requestBody?.content['application/json']?.schema).toMatchObject({
      required: ['toolkit', 'operation'],
      additionalProperties: false,
    })
    expect(Object.keys(submit?.responses ?? {})).toEqual(['202', 'default'])
  })

  test('shows what is installed to those who may know', async () => {
    const pathsFor = async (headers: Record<string, string>) => {
      const response = await fetch(`${running.address}/api/openapi.json`, { headers })
      const document = (await response.json()) as { openapi: string; paths: object }
      expect(document.openapi).toBe('3.1.1')
      return Object.keys(document.paths)
    }
    const path = '/toolkits/latency-sleuth/operations/probe'
    expect(await pathsFor({ authorization: `Bearer ${adminToken}` })).toContain(path)
    expect(await pathsFor({})).not.toContain(path)
  })
})

describe('the reference page', () => {
  test('has no script or style of its own, and may load none but ours', async () => {
    const response = await fetch(`${running.address}/api/docs`)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'")
    expect(policy).not.toContain('unsafe')
    const page = await response.text()
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|style=/)
    const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1])
    for (const asset of assets) expect((await fetch(running.address + asset)).status).toBe(200)
    expect(assets).toContain('/api/docs/reference.js')
  })

  test('the schema of toolkit.json is the one of the SDK', async () => {
    const response = await fetch(`${running.address}/api/schemas/toolkit.json`)
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(toolkitManifestSchema)))
  })
})
