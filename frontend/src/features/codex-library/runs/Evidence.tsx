import { Link } from 'react-router'
import { JsonView } from '../../../components/JsonView.tsx'
import { Scrollable } from '../../../components/Scrollable.tsx'
import { shortId } from '../../../lib/format.ts'
import { type BeforeAfter, isJobId, isSame, linesOf, pairsIn, tableOf } from './evidence-shape.ts'

/** What the steps found, as it was answered. */
export function Evidence({ evidence }: { evidence: Readonly<Record<string, unknown>> }) {
  const { pairs, rest } = pairsIn(evidence)
  return (
    <section className="card pad stack" aria-label="Evidence">
      <h2>Evidence</h2>
      {pairs.length + rest.length === 0 && <p className="soft">Nothing was captured so far.</p>}
      {pairs.map((pair) => (
        <Compared key={pair.name} pair={pair} />
      ))}
      {rest.map(([name, value]) => (
        <div key={name} className="stack-small">
          <h3>{name}</h3>
          <Value evidence={name} value={value} />
        </div>
      ))}
    </section>
  )
}

function Compared({ pair: { name, rows } }: { pair: BeforeAfter }) {
  const changed = rows.filter(({ before, after }) => !isSame(before, after)).length
  const title = name === '' ? 'Before and after' : `${name}, before and after`
  return (
    <div className="stack-small">
      <h3>
        {title} <span className="small soft">{changed === 0 ? 'nothing changed' : `${changed} changed`}</span>
      </h3>
      <Scrollable className="table-card evidence-table" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, before, after }) => (
              <tr key={field} data-changed={!isSame(before, after)}>
                <th scope="row">{field}</th>
                <td>
                  <Cell evidence={name} field={field} value={before} />
                </td>
                <td>
                  <Cell evidence={name} field={field} value={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </div>
  )
}

function Value({ evidence, value }: { evidence: string; value: unknown }) {
  const table = tableOf(value)
  if (table) {
    return (
      <Scrollable className="table-card evidence-table" aria-label={evidence}>
        <table>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={JSON.stringify(row)}>
                {table.columns.map((column) => (
                  <td key={column}>
                    <Cell evidence={evidence} field={column} value={row[column]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    )
  }
  if (Array.isArray(value) && value.length === 0) return <p className="soft">none</p>
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
    if (!Array.isArray(value) && fields.length <= 12) {
      return (
        <dl className="facts facts-wide">
          {fields.map(([field, each]) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                <Cell evidence={evidence} field={field} value={each} />
              </dd>
            </div>
          ))}
        </dl>
      )
    }
    return <JsonView value={value} label={evidence} />
  }
  return <Cell evidence={evidence} field={evidence} value={value} />
}

function Cell({ evidence, field, value }: { evidence: string; field: string; value: unknown }) {
  if (value === undefined || value === null) return <span className="soft">–</span>
  if (isJobId(evidence, field, value)) {
    return (
      <Link to={`/jobs/${value}`} className="mono" title={value}>
        {shortId(value)}
      </Link>
    )
  }
  if (typeof value === 'string') return value
  const lines = linesOf(value)
  if (lines) {
    return (
      <ol className="excerpt mono">
        {lines.map(({ seq, level, text }) => (
          <li key={seq} data-level={level}>
            <span className="soft number">{seq}</span> {level} {text}
          </li>
        ))}
      </ol>
    )
  }
  const json = JSON.stringify(value)
  if (json.length <= 80) return <code>{json}</code>
  return (
    <details className="run-more">
      <summary>
        <code>{`${json.slice(0, 60)}…`}</code>
      </summary>
      <JsonView value={value} label={field} />
    </details>
  )
}
