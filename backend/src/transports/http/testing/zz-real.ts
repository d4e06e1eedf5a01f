import { Agent } from 'node:http'
import { operations } from '@sre-toolbox/contract'
import { streams } from '@sre-toolbox/contract/streams'
import fc from 'fast-check'
import { faultOf, fuzzRequests, sendFuzz } from './fuzz.ts'

const address = 'http://127.0.0.1:18231'
const json = { 'content-type': 'application/json' }
const login = await fetch(`${address}/api/auth/login`, {
  method: 'POST',
  headers: json,
  body: JSON.stringify({ username: 'root', password: 'correct horse battery' }),
})
const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] as string
const made = (await (
  await fetch(`${address}/api/tokens`, {
    method: 'POST',
    headers: { ...json, cookie, 'x-toolbox-csrf': '1' },
    body: '{"name":"fuzz"}',
  })
).json()) as { token: string }
const auth = { authorization: `Bearer ${made.token}` }
const get = async (p: string) => (await (await fetch(address + '/api' + p, { headers: auth })).json()) as any
const slugs = (await get('/toolkits')).items.map((i: any) => i.slug)
console.log(
  slugs,
  (await get('/runtime/status')).parts.map((p: any) => [p.name, p.status, p.message]),
)
const ops: string[] = []
for (const s of slugs)
  for (const o of (await get(`/toolkits/${s}`)).toolkit.operationList) ops.push(o.operation)
const agent = new Agent({ keepAlive: true, maxSockets: 8 })
const statuses: Record<string, number> = {}
const faults = new Map<string, { n: number; example: unknown }>()
const seeds: Record<string, unknown[]> = { slug: slugs, toolkit: slugs, operation: ops, jobId: [] }
const first = (await (
  await fetch(`${address}/api/jobs`, {
    method: 'POST',
    headers: { ...json, ...auth },
    body: JSON.stringify({
      toolkit: 'latency-sleuth',
      operation: 'probe',
      input: { url: address + '/healthz', count: 2 },
    }),
  })
).json()) as any
console.log(JSON.stringify(first).slice(0, 300))
seeds.jobId = first.job ? [first.job.id] : ['018f0000-0000-7000-8000-000000000000']
const t = Date.now()
const seed = Number(process.argv[2] ?? 1)
const list = fc.sample(fuzzRequests(operations, seeds), { numRuns: 20000, seed })
const work = async () => {
  for (let r = list.pop(); r; r = list.pop()) {
    const answer = await sendFuzz(address, { ...r, headers: { ...r.headers, ...auth } }, agent)
    const key = `${answer.status}`
    statuses[key] = (statuses[key] ?? 0) + 1
    const f = faultOf(answer)
    if (f) {
      const k = `${r.operation} ${answer.status}`
      const e = faults.get(k)
      if (e) e.n++
      else faults.set(k, { n: 1, example: [f, r] })
    }
  }
}
await Promise.all(Array.from({ length: 8 }, work))
console.log(statuses, Date.now() - t, 'ms')
for (const [k, v] of faults) console.log(k, v.n, JSON.stringify(v.example).slice(0, 900))
console.log((await fetch(address + '/readyz')).status)
agent.destroy()
