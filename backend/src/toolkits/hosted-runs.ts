import type { ManifestOperation } from '@sre-toolbox/sdk/manifest'
import { toToolboxError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Mask } from './mask.ts'
import type { HostCall, HostEnd, HostRun, HostServices, ToolkitHosts } from './ports.ts'
import { answerRequests, type Requester, type RequestsDeps } from './requests.ts'
import type { Schemas } from './schemas.ts'
import type { Toolkit } from './toolkit.ts'

export interface HostedRunsDeps extends RequestsDeps {
  /** Hides every secret that the toolkit was ever given. */
  readonly maskOf: (slug: string) => Mask
  readonly hosts: ToolkitHosts
  readonly schemas: Schemas
  readonly logger: Logger
}

export interface NewRun {
  readonly toolkit: Toolkit
  readonly operation: ManifestOperation
  readonly input: unknown
  readonly job: HostCall['job']
  readonly exclusive: boolean
  readonly requester: Requester
  readonly reports: Pick<HostServices, 'log' | 'progress'>
}

/** Starts one run of an operation in a host. It ends as succeeded only with an output that fits the manifest. */
export function startRun(deps: HostedRunsDeps, run: NewRun): HostRun {
  const { toolkit, operation } = run
  let settings: Readonly<Record<string, unknown>>
  try {
    settings = deps.settings.effective(toolkit)
  } catch (thrown) {
    return endedRun(toFailure(thrown))
  }
  const mask = deps.maskOf(toolkit.slug)
  const started = deps.hosts.start(
    toolkit.code,
    { operation: operation.id, input: run.input, settings, job: run.job, exclusive: run.exclusive },
    {
      log: (lines) => run.reports.log(lines.map((line) => ({ ...line, text: mask.hide(line.text) }))),
      progress: (update) =>
        run.reports.progress(
          update.message === undefined ? update : { ...update, message: mask.hide(update.message) },
        ),
      request: answerRequests(deps, toolkit, run.requester, mask),
    },
  )
  return {
    began: started.began,
    ended: started.ended.then((end) => judge(deps, run, mask, end)),
    abort: started.abort,
    kill: started.kill,
  }
}

function judge({ schemas, logger }: HostedRunsDeps, run: NewRun, mask: Mask, end: HostEnd): HostEnd {
  if (end.kind !== 'succeeded') return { ...end, message: mask.hide(end.message) }
  const checked = schemas.check(run.operation.output, mask.hideWithin(end.output))
  if (checked.ok) return { kind: 'succeeded', output: checked.value }
  const id = `${run.toolkit.slug}.${run.operation.id}`
  logger.error(
    { operation: id, version: run.toolkit.code.version, job: run.job?.id, errors: checked.errors },
    'a toolkit answered with an output that does not fit its manifest',
  )
  const [first] = checked.errors
  return {
    kind: 'failed',
    code: 'output_invalid',
    message: `${id} answered with an output that does not fit its manifest: ${first?.path || 'the whole'} ${first?.message}. Tell the toolkit's author.`,
    errors: checked.errors,
  }
}

function toFailure(thrown: unknown): HostEnd {
  const error = toToolboxError(thrown)
  const { toolkitCode } = error.details
  const code = typeof toolkitCode === 'string' ? toolkitCode : error.code
  return { kind: 'failed', code, message: error.message, errors: error.details.errors ?? [] }
}

/** A run that never began. */
function endedRun(end: HostEnd): HostRun {
  const began = Promise.resolve(false)
  return { began, ended: Promise.resolve(end), abort: () => {}, kill: async () => {} }
}
