import { cancelJob, listJobs } from '@sre-toolbox/contract/jobs'
import { callToolkit } from '@sre-toolbox/contract/toolkits'
import { describe, expect, it } from 'vitest'
import { ApiError, createApi, faultAt, faultBeside } from './api.ts'

/** Answers what it is told to, in turn, and notes what was asked. */
function scripted(...answers: Response[]) {
  const asked: { url: string; init: RequestInit }[] = []
  const send = async (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init })
    const answer = answers.shift()
    if (!answer) throw new TypeError('network down')
    return answer
  }
  return { asked, send: send as typeof fetch }
}
const never = () => Promise.reject(new Error('was asked to sign in'))
const ok = (body: unknown = {}) => Response.json(body)

describe('calling an operation', () => {
  it('makes the request that the contract declares', async () => {
    const { asked, send } = scripted(ok(), ok(), ok())
    const api = createApi(send, never)
    await api.call(listJobs, { status: 'failed,lost', limit: 5 })
    await api.call(cancelJob, { jobId: 'a b', reason: 'why' })
    await api.call(callToolkit, {
      slug: 'regex',
      operation: 'match',
      input: { text: 'x' },
      idempotencyKey: 'k',
      reason: 'as asked – today',
    })
    expect(asked.map(({ url, init }) => `${init.method} ${url} ${init.body ?? ''}`)).toEqual([
      'GET /api/jobs?status=failed%2Clost&limit=5 ',
      'POST /api/jobs/a%20b/cancel {"reason":"why"}',
      'POST /api/toolkits/regex/operations/match?reason=as+asked+%E2%80%93+today {"text":"x"}',
    ])
    expect(asked[2]?.init.headers).toMatchObject({ 'idempotency-key': 'k', 'x-toolbox-csrf': '1' })
  })

  it('fails with what the server said', async () => {
    const problem = { code: 'conflict', detail: 'The job has ended.', status: 409 }
    const { send } = scripted(Response.json(problem, { status: 409 }))
    await expect(createApi(send, never).call(listJobs, {})).rejects.toMatchObject({
      code: 'conflict',
      message: 'The job has ended.',
      status: 409,
    })
  })

  it('says that the server can not be reached', async () => {
    const { send } = scripted()
    await expect(createApi(send, never).call(listJobs, {})).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('waits for a new sign-in when the session has expired, then goes on', async () => {
    const { asked, send } = scripted(new Response(null, { status: 401 }), ok({ items: [], nextCursor: null }))
    let signedIn = 0
    const api = createApi(send, async () => void signedIn++)
    expect(await api.call(listJobs, {})).toEqual({ items: [], nextCursor: null })
    expect([signedIn, asked.length]).toEqual([1, 2])
  })
})

describe('what a refusal says of the fields', () => {
  const refused = new ApiError(400, 'validation_failed', '`username`: use small letters', [
    { path: 'username', message: 'use small letters' },
  ])

  it('is told at the field that it is about', () => {
    expect(faultAt(refused, 'username')).toBe('Use small letters.')
    expect([
      faultAt(refused, 'email'),
      faultAt(new Error('no'), 'username'),
      faultAt(null, 'username'),
    ]).toEqual([undefined, undefined, undefined])
  })

  it('is told beside the form where no field of it says it', () => {
    expect(faultBeside(refused, ['username', 'email'])).toBeNull()
    expect(faultBeside(refused, ['email'])).toBe(refused)
    const conflict = new ApiError(409, 'conflict', 'The name is taken.')
    expect(faultBeside(conflict, ['username'])).toBe(conflict)
  })
})
