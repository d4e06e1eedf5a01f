import { Button, formatTime, Segments } from '@sre-toolbox/sdk/ui'
import { useState } from 'react'
import { milliseconds, phases, phaseWords, type Sample } from './probe-data.ts'

const atOnce = 50
const orders = [
  { value: 'taken', title: 'As taken' },
  { value: 'slowest', title: 'Slowest first' },
  { value: 'failed', title: 'Failed' },
] as const
type Order = (typeof orders)[number]['value']

/** Every sample as a bar of its phases, all on one scale. */
export function Waterfall({ samples, budgetMs }: { samples: readonly Sample[]; budgetMs: number | null }) {
  const [order, setOrder] = useState<Order>('taken')
  const [shown, setShown] = useState(atOnce)
  const arranged = arrange(samples, order)
  const longest = Math.max(...samples.map(({ total }) => total ?? 0), budgetMs ?? 0, 0.001)
  return (
    <section className="card" aria-label="Samples">
      <header className="list-header latency-sleuth-waterfall-header">
        <h2>Samples</h2>
        <Segments
          label="Order"
          value={order}
          onChange={(value) => setOrder(value as Order)}
          options={orders}
        />
      </header>
      {arranged.length === 0 ? (
        <p className="pad soft">No sample failed.</p>
      ) : (
        <ol className="latency-sleuth-waterfall number">
          {arranged.slice(0, shown).map((sample) => (
            <li key={sample.number} title={inWords(sample)}>
              <span className="soft latency-sleuth-number">{sample.number}</span>
              <span className={sample.ok ? 'latency-sleuth-ok' : 'latency-sleuth-failed'}>
                {sample.status ?? 'none'}
                {!sample.ok && <span className="hidden-text"> failed: {sample.error}</span>}
              </span>
              <span className="latency-sleuth-track" aria-hidden="true">
                {budgetMs !== null && (
                  <i className="latency-sleuth-budget" style={{ left: `${(100 * budgetMs) / longest}%` }} />
                )}
                {phases.map((phase) =>
                  sample[phase] === null ? null : (
                    <span
                      key={phase}
                      className={`latency-sleuth-bar latency-sleuth-${phase}`}
                      style={{ width: `${(100 * sample[phase]) / longest}%` }}
                    />
                  ),
                )}
                {sample.total === null && <span className="latency-sleuth-error cut">{sample.error}</span>}
              </span>
              <span className="latency-sleuth-time">
                {sample.total === null ? '–' : `${milliseconds(sample.total)} ms`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {arranged.length > shown && (
        <div className="pad">
          <Button variant="default" onClick={() => setShown(shown + 4 * atOnce)}>
            {`Show more of the ${arranged.length} samples`}
          </Button>
        </div>
      )}
    </section>
  )
}

function arrange(samples: readonly Sample[], order: Order): readonly Sample[] {
  if (order === 'taken') return samples
  if (order === 'failed') return samples.filter(({ ok }) => !ok)
  return samples.toSorted(
    (a, b) => (b.total ?? Number.POSITIVE_INFINITY) - (a.total ?? Number.POSITIVE_INFINITY),
  )
}

function inWords(sample: Sample): string {
  const told = phases.flatMap((phase) => {
    const time = sample[phase]
    return time === null ? [] : [`${phaseWords[phase]} ${milliseconds(time)} ms`]
  })
  return [formatTime(sample.at), ...told, ...(sample.error === null ? [] : [sample.error])].join('\n')
}
