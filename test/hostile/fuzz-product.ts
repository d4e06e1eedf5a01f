import { Agent } from 'node:http'
import fc from 'fast-check'
import {
  type FuzzRequest,
  faultOf,
  fuzzRequests,
  sendFuzz,
} from '../../backend/src/transports/http/testing/fuzz.ts'
import { operations } from '../../contract/src/index.ts'
import { type Drill, drillToolkits } from '../drills/drill.ts'
import { submit, untilEnded } from '../drills/jobs.ts'
import { bearer, makeToken } from '../support/api.ts'
import { startToolbox } from '../support/toolbox.ts'
import { fuzzedWorkspace } from './fuzzed-workspace.ts'

const atOnce = 8
/**
 * They would end the session, lock out the user, or switch off the toolkits and forget the workspace that the rest is asked with;
 * the guard matrix asks them.
 */
const leftOut = new Set(['auth.logout', 'auth.changePassword', 'toolkits.disable', 'codex.removeWorkspace'])

interface Size {
  readonly requests: number
  readonly seed: number
}

export const fuzz: Drill<Size> = {
  id: 'S3',
  title: 'fuzz of every route from its own schema',
  target: '0 × 5xx, 0 crashes',
  short: { requests: 6000, seed: 20300101 },
  long: { requests: 20_000, seed: Date.now() },
  async run(size) {
    const { faults, statuses } = await fuzzProduct(size)
    const answers = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`)
    return { measured: `${size.requests} requests (seed ${size.seed}): ${answers.join(', ')}`, faults }
  },
}

/** Sends the whole product requests made from its own schemas, as a superuser; answers all that broke a promise. */
export async function fuzzProduct({ requests, seed }: Size) {
  await using toolbox = await startToolbox({
    settings: { TOOLBOX_EXTRA_TOOLKITS: drillToolkits, LOG_LEVEL: 'info' },
  })
  const { api, address, logged } = toolbox
  const { id } = await submit(api, { operation: 'wait', input: { ms: 0 } })
  await untilEnded(api, id)
  const body = { username: 'victim', password: 'twelve letters', summary: 'to be fuzzed' }
  const victim = await api.ask<{ user: { id: string } }>('POST', '/api/users', { body })
  await using workspace = await fuzzedWorkspace(api)
  const token = await makeToken(api)
  const seeds = {
    ...workspace.seeds,
    jobId: [id],
    slug: ['drill', 'regex', 'latency-sleuth'],
    toolkit: ['drill', 'drill', 'regex'],
    operation: ['wait', 'wait', 'echo', 'match'],
    userId: [victim.user.id, '01900000-0000-7000-8000-000000000000'],
    input: [{ ms: 0 }, { ms: 0 }, { text: 'x' }, { pattern: '(a+)+$', text: 'a' }],
  }
  const declarations = operations.filter((declaration) => !leftOut.has(declaration.id))
  const all = fc.sample(fuzzRequests(declarations, seeds), { numRuns: requests, seed })
  const agent = new Agent({ keepAlive: true })
  const statuses = new Map<number, number>()
  const faults: string[] = []
  let next = 0

  async function sendSome(): Promise<void> {
    for (let request = all[next++]; request; request = all[next++]) {
      const headers = { ...request.headers, ...bearer(token) }
      const answer = await sendFuzz(address, { ...request, headers }, agent)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const fault = faultOf(answer)
      if (fault) faults.push(`${describe(request)} ${fault}`)
      // The token is good all the while: without it nothing would be tried.
      if (answer.status === 401 && request.operation !== 'auth.login') {
        faults.push(`${describe(request)} was taken for a stranger's`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendSome))
  agent.destroy()
  const ready = await api.call('GET', '/readyz')
  if (ready.status !== 200) faults.push(`afterwards /readyz answers ${ready.text}`)
  const errors = logged.filter(({ level }) => level === 'error')
  faults.push(...errors.map(({ text, fields }) => `logged: ${text} ${JSON.stringify(fields)}`))
  return { faults, statuses }
}

function describe({ method, path, body }: FuzzRequest): string {
  return `${method} ${path} ${body?.slice(0, 300) ?? ''}`
}
