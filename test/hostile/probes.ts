import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OperationDeclaration, operations } from '../../contract/src/index.ts'
import { submitJob } from '../../contract/src/jobs.ts'
import { streams } from '../../contract/src/streams.ts'
import { callToolkit } from '../../contract/src/toolkits.ts'
import type { ToolkitManifest } from '../../sdk/src/manifest.ts'
import { type OperationRequest, toRequest } from '../support/operation-request.ts'
import type { Guarded } from './expected.ts'
import { contractSamples, neverDue, toolkitSamples } from './samples.ts'

/** One request that a guard stands before. */
export interface Probe {
  readonly name: string
  /** What the guard has to judge by: for delegates that which they pass on. */
  readonly guarded: Guarded
  readonly request: OperationRequest
}

const toolkits = globSync(join(import.meta.dirname, '../../toolkits/*/toolkit.json')).map(
  (file) => JSON.parse(readFileSync(file, 'utf8')) as ToolkitManifest,
)
const offered: readonly Guarded[] = toolkits.flatMap(({ slug, operations }) =>
  operations.map(({ id, role, effect }) => ({ id: `${slug}.${id}`, access: role, effect, isToolkits: true })),
)
/** Which toolkit's operation the samples of the delegates ask for. */
const passedOn: Readonly<Record<string, string>> = {
  'jobs.submit': 'regex.match',
  'jobs.retry': 'latency-sleuth.probe',
  'toolkits.call': 'regex.match',
}

/** Every operation and stream of the contract, and every toolkit's operation by each of its doors. */
export function everyProbe(endedJob: string): Probe[] {
  const samples = contractSamples(endedJob)
  const ofContract = [...operations, ...streams].map((declaration) => ({
    name: declaration.id,
    guarded: judgedBy(declaration),
    request: toRequest(declaration, sampleOf(samples, declaration.id)),
  }))
  const ofToolkits = offered.flatMap((guarded) => {
    const [slug = '', operation = ''] = guarded.id.split('.')
    const input = sampleOf(toolkitSamples, guarded.id)
    return [
      { name: `${guarded.id} called`, guarded, request: toRequest(callToolkit, { slug, operation, input }) },
      {
        name: `${guarded.id} submitted`,
        guarded,
        request: toRequest(submitJob, { toolkit: slug, operation, input, runAt: neverDue }),
      },
    ]
  })
  return [...ofContract, ...ofToolkits]
}

function judgedBy({ id, access, effect, personOnly }: OperationDeclaration): Guarded {
  if (access !== 'delegated')
    return { id, access, effect, isToolkits: false, personOnly: personOnly ?? false }
  const inner = offered.find((guarded) => guarded.id === passedOn[id])
  if (!inner) throw new Error(`say in passedOn which toolkit's operation the sample of ${id} asks for`)
  // Which job is retried says what it is passed on to, and jobs are not told to everybody.
  return id === 'jobs.retry' ? { ...inner, toldOnlyTo: 'toolkit.user' } : inner
}

function sampleOf(samples: Readonly<Record<string, Readonly<Record<string, unknown>>>>, id: string) {
  const sample = samples[id]
  if (!sample) throw new Error(`${id} has no sample: add one to test/hostile/samples.ts`)
  return sample
}
