import { expect, test } from 'vitest'
import type { JobSummary } from '../../contract/src/jobs.ts'
import { startToolbox } from '../support/toolbox.ts'
import { type Caller, everyCaller } from './callers.ts'
import { expectedRefusal, type Verdict } from './expected.ts'
import { everyProbe, type Probe } from './probes.ts'
import { neverDue, toolkitSamples } from './samples.ts'

const guardCodes = ['not_signed_in', 'role_missing', 'token_forbids', 'persona_forbids', 'request_forged']

test('every operation answers everybody, whichever way they vouch for themselves, as its declaration says', async () => {
  await using toolbox = await startToolbox({ settings: { LOG_LEVEL: 'error' } })
  const { api } = toolbox
  const callers = await everyCaller(toolbox)
  const body = {
    toolkit: 'latency-sleuth',
    operation: 'probe',
    input: toolkitSamples['latency-sleuth.probe'],
    runAt: neverDue,
  }
  const { job } = await api.ask<{ job: JobSummary }>('POST', '/api/jobs', { body })
  await api.ask('POST', `/api/jobs/${job.id}/cancel`, { body: {} })
  // Signing out ends the session that the rest is asked with.
  const probes = everyProbe(job.id).sort(
    (a, b) => Number(a.name === 'auth.logout') - Number(b.name === 'auth.logout'),
  )

  const wrong: string[] = []
  const seen = { letIn: 0, refused: 0 }
  await Promise.all(
    callers.map(async (caller) => {
      for (const probe of probes) {
        const answered = await ask(probe, caller)
        const wanted = expected(probe, caller)
        seen[wanted ? 'refused' : 'letIn']++
        if (show(answered) !== show(wanted)) {
          wrong.push(`${probe.name} for ${caller.name}: ${show(answered)} instead of ${show(wanted)}`)
        }
      }
    }),
  )
  expect(wrong).toEqual([])
  expect(seen.letIn).toBeGreaterThan(500)
  expect(seen.refused).toBeGreaterThan(500)
}, 120_000)

/** What the guards have to answer; null for being let through. */
function expected({ guarded, request }: Probe, { rights, forged }: Caller): Verdict | null {
  if (forged && request.method !== 'GET') return { status: 403, code: 'request_forged' }
  return expectedRefusal(guarded, rights)
}

/** What they did answer. A stream that lets its caller in never ends, so it is left at its head. */
async function ask({ request: { method, path, body } }: Probe, { api }: Caller): Promise<Verdict | null> {
  const response = await api.open(method, path, body === undefined ? {} : { body })
  if (response.headers.get('content-type') !== 'application/problem+json') {
    await response.body?.cancel()
    return null
  }
  const { code, requiredRole } = (await response.json()) as { code: string; requiredRole?: string }
  if (response.status >= 500) throw new Error(`${method} ${path} answered ${response.status} ${code}`)
  if (!guardCodes.includes(code)) return null
  return { status: response.status, code, ...(requiredRole === undefined ? {} : { requiredRole }) }
}

function show(verdict: Verdict | null): string {
  return verdict ? `${verdict.status} ${verdict.code} ${verdict.requiredRole ?? ''}`.trim() : 'let in'
}
