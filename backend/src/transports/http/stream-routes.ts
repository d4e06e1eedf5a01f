import { followChanges, followJob } from '@sre-toolbox/contract/streams'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toToolboxError } from '../../kernel/errors.ts'
import type { EventBus } from '../../kernel/event-bus.ts'
import type { Ids } from '../../kernel/ids.ts'
import { bind, validationFailed } from '../../kernel/operation.ts'
import { createChangeLog } from './change-log.ts'
import { sendChanges } from './change-stream.ts'
import type { Front } from './front.ts'
import { createJobChannels, type JobsFeed } from './job-channels.ts'
import { sendJob } from './job-stream.ts'
import { createInputReader, partsOf } from './operation-input.ts'
import { toRoutePath } from './operation-routes.ts'
import { refuse } from './refuse.ts'
import { type EventStream, openEventStream } from './sse.ts'

export interface StreamTimes {
  readonly heartbeatMs: number
  readonly drainTimeoutMs: number
  /** Log lines and progress of this time are sent together. */
  readonly jobTickMs: number
  readonly changesTickMs: number
}

export interface Streams {
  /** How many are open. */
  readonly size: number
  /** Ends every stream, the global ones with the reason; jobs' streams are resumed elsewhere. */
  close(reason: string): void
}

const rememberedChanges = 1000

export function addStreamRoutes(
  app: FastifyInstance,
  front: Front,
  deps: { jobsFeed: JobsFeed; events: EventBus; ids: Ids; times: StreamTimes },
): Streams {
  const { times } = deps
  const channels = createJobChannels(deps.jobsFeed, deps.events, times.jobTickMs)
  const changes = createChangeLog(deps.events, rememberedChanges, times.changesTickMs)
  const epoch = deps.ids()
  const open = new Map<EventStream, (reason: string) => void>()

  /** A stream outlives the check at its start: each heartbeat asks again whether its caller may still listen. */
  function openStream(
    reply: FastifyReply,
    recheck: () => Promise<unknown>,
    wake: () => void,
    farewell: (stream: EventStream, reason: string) => void,
  ): EventStream {
    reply.hijack()
    const stream = openEventStream(reply.raw, {
      heartbeatMs: times.heartbeatMs,
      drainTimeoutMs: times.drainTimeoutMs,
      onHeartbeat() {
        recheck().then(wake, (error: unknown) => {
          if (toToolboxError(error).fate === 'user') stream.close()
        })
      },
      onClose() {
        open.delete(stream)
        wake()
      },
    })
    open.set(stream, (reason) => {
      farewell(stream, reason)
      stream.close()
    })
    return stream
  }

  const jobOperation = bind(followJob, () => '')
  const readJobInput = createInputReader(followJob)
  addStream(app, followJob.path, front, async (request, reply) => {
    const check = () => front.guard(jobOperation, readJobInput(partsOf(request)), request)
    const { jobId, after } = (await check()) as { jobId: string; after: number }
    const seq = seqOf(request.headers['last-event-id']) ?? after
    const channel = channels.open(jobId)
    try {
      await channel.snapshot()
      const stream = openStream(reply, check, channel.refresh, () => {})
      await sendJob(stream, channel, seq)
    } finally {
      channel.release()
    }
  })

  const changesOperation = bind(followChanges, () => '')
  const readChangesInput = createInputReader(followChanges)
  addStream(app, followChanges.path, front, async (request, reply) => {
    const check = () => front.guard(changesOperation, readChangesInput(partsOf(request)), request)
    await check()
    const lastEventId = request.headers['last-event-id']
    const stream = openStream(reply, check, changes.refresh, (leaving, reason) => {
      leaving.send('end', JSON.stringify({ reason }), `${epoch}-${changes.position}`)
    })
    await sendChanges(stream, changes, epoch, typeof lastEventId === 'string' ? lastEventId : undefined)
  })

  return {
    get size() {
      return open.size
    },
    close(reason) {
      for (const end of [...open.values()]) end(reason)
      channels.close()
      changes.close()
    },
  }
}

function addStream(
  app: FastifyInstance,
  path: string,
  front: Front,
  serve: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  app.route({
    method: 'GET',
    url: toRoutePath(path),
    exposeHeadRoute: false,
    async handler(request, reply) {
      try {
        await serve(request, reply)
      } catch (thrown) {
        refuse(request, reply, toToolboxError(thrown), front.logger)
      }
    },
  })
}

/** The log line that an event id of a job's stream, `<seq>-<revision>`, stands for. */
function seqOf(lastEventId: string | string[] | undefined): number | null {
  if (lastEventId === undefined) return null
  const seq = /^(\d{1,15})-\d{1,15}$/.exec(String(lastEventId))?.[1]
  if (seq === undefined) {
    throw validationFailed([
      { path: 'Last-Event-ID', message: 'send the id of an event of this stream, or leave it out' },
    ])
  }
  return Number(seq)
}
