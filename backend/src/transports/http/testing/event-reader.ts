export interface ReceivedEvent {
  readonly id: string
  readonly event: string
  readonly data: unknown
}

/** Follows a stream of server-sent events one by one. */
export async function openEvents(url: string, headers: Record<string, string> = {}) {
  const abort = new AbortController()
  const response = await fetch(url, { headers, signal: abort.signal })
  if (!response.ok || !response.body) throw new Error(`answered ${response.status}: ${await response.text()}`)
  // Piped at once: the runtime cancels a body that nobody reads yet when its response is garbage.
  const parts = readParts(
    response.body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>),
  )
  let comments = 0

  async function next(): Promise<ReceivedEvent | null> {
    while (true) {
      const { value, done } = await parts.next()
      if (done) return null
      const fields = new Map(value.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]))
      if (fields.has('')) comments++
      const event = fields.get('event')
      if (event !== undefined) {
        return { id: fields.get('id') ?? '', event, data: JSON.parse(fields.get('data') ?? 'null') }
      }
    }
  }

  return {
    headers: response.headers,
    next,
    comments: () => comments,
    /** Everything up to and with the first event of this name, or to the stream's end. */
    async until(name: string): Promise<ReceivedEvent[]> {
      const events: ReceivedEvent[] = []
      for (let event = await next(); event; event = await next()) {
        events.push(event)
        if (event.event === name) break
      }
      return events
    },
    close: () => abort.abort(),
  }
}

async function* readParts(texts: ReadableStream<string>): AsyncGenerator<string, void> {
  let rest = ''
  for await (const text of texts) {
    const parts = (rest + text).split('\n\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
}
