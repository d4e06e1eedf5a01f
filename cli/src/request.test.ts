import { operations, pathParameters } from '@sre-toolbox/contract'
import { cancelJob, getJob, listJobs, submitJob } from '@sre-toolbox/contract/jobs'
import { putSecret, removeSecret } from '@sre-toolbox/contract/secrets'
import { callToolkit, putToolkitSettings } from '@sre-toolbox/contract/toolkits'
import { describe, expect, it } from 'vitest'
import { toHttpRequest } from './request.ts'

describe('an input is spread over its request', () => {
  it('as query, with repeated and absent values', () => {
    const { path, body } = toHttpRequest(listJobs, {
      status: ['failed', 'lost'],
      q: 'a b&c',
      limit: undefined,
    })
    expect(path).toBe('/api/jobs?status=failed&status=lost&q=a+b%26c')
    expect(body).toBeNull()
  })

  it('as path and body', () => {
    const { path, body, headers } = toHttpRequest(cancelJob, { jobId: 'j/1', force: true })
    expect(path).toBe('/api/jobs/j%2F1/cancel')
    expect(body).toBe('{"force":true}')
    expect(headers['content-type']).toBe('application/json')
  })

  it('as header, and then not in the body', () => {
    const { headers, body } = toHttpRequest(submitJob, { toolkit: 'a', operation: 'b', idempotencyKey: 'k' })
    expect(headers['idempotency-key']).toBe('k')
    expect(body).toBe('{"toolkit":"a","operation":"b"}')
  })

  it('as the whole body, where one field is it', () => {
    expect(toHttpRequest(callToolkit, { slug: 'a', operation: 'b', input: { c: 1 } }).body).toBe('{"c":1}')
    const call = toHttpRequest(callToolkit, {
      slug: 'a',
      operation: 'b',
      input: { c: 1 },
      reason: 'as asked',
    })
    expect(call).toMatchObject({ path: '/api/toolkits/a/operations/b?reason=as+asked', body: '{"c":1}' })
    const put = toHttpRequest(putToolkitSettings, { slug: 'a', settings: {}, ifMatch: '3' })
    expect(put).toMatchObject({ body: '{}', headers: { 'if-match': '3' } })
  })

  it('with the slashes of a last path parameter kept', () => {
    expect(toHttpRequest(putSecret, { name: 'auth/ok ta', values: {} }).path).toBe(
      '/api/secrets/auth/ok%20ta',
    )
  })

  it('without a body, where nothing is left for one', () => {
    expect(toHttpRequest(removeSecret, { name: 'a' })).toMatchObject({ method: 'DELETE', body: null })
  })

  it.for(['.', '..'])('unless a URL would swallow a path parameter: %s', (value) => {
    expect(() => toHttpRequest(getJob, { jobId: value })).toThrow("can't be")
    expect(() => toHttpRequest(putSecret, { name: `a/${value}/b`, values: {} })).toThrow("can't be")
  })
})

it.for(operations.map((declaration) => [declaration.id, declaration] as const))(
  '%s has every path parameter filled',
  ([, declaration]) => {
    const input = Object.fromEntries(pathParameters(declaration.path).map((name) => [name, 'value']))
    expect(toHttpRequest(declaration, input).path).not.toMatch(/[:*]/)
  },
)
