import type { PartName, RuntimePart } from '@sre-toolbox/contract/runtime'
import { HealthMark } from '../../components/StatusMark.tsx'
import { bytes, count, duration } from '../../lib/format.ts'

const titles: Readonly<Record<PartName, string>> = {
  api: 'API',
  workers: 'Workers',
  database: 'Database',
  queue: 'Queue',
  'toolkit-hosts': 'Toolkit hosts',
  disk: 'Disk',
  'event-loop': 'Event loop',
}

/** Each part of the product with its measures. */
export function Parts({ parts }: { parts: readonly RuntimePart[] }) {
  return (
    <section className="card" aria-label="Parts">
      <header className="list-header">
        <h2>Parts</h2>
      </header>
      <ul className="list-rows">
        {parts.map(({ name, status, message, measures }) => (
          <li key={name} className="runtime-part">
            <h3>{titles[name]}</h3>
            <HealthMark status={status} />
            <p className="soft">{message}</p>
            <dl className="row wrap small">
              {Object.entries(measures).map(([measure, value]) => (
                <div key={measure}>
                  <dt className="soft">{wordsOf(measure)}</dt>
                  <dd className="number">{shown(measure, value)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}

const units = /(Bytes|Seconds|Ms|Count)$/

/** `oldestQueuedSeconds` is `oldest queued`. */
function wordsOf(measure: string): string {
  return measure.replace(units, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** The unit is in the name. */
function shown(measure: string, value: number): string {
  const unit = units.exec(measure)?.[1]
  if (unit === 'Bytes') return bytes(value)
  if (unit === 'Seconds') return duration(value * 1000)
  return unit === 'Ms' ? `${value} ms` : count(value)
}
