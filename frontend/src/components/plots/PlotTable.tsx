import { Link } from 'react-router'
import { Scrollable } from '../Scrollable.tsx'
import { TableHead } from '../TableHead.tsx'
import type { PlotStep } from './TimePlot.tsx'

/** The same numbers for those who would rather read them: the latest first, steps without any left out. */
export function PlotTable({ label, steps }: { label: string; steps: readonly PlotStep[] }) {
  const told = steps.filter(({ values }) => values.some(({ said }) => said !== null)).toReversed()
  const columns = steps[0]?.values.map(({ word }) => word) ?? []
  return (
    <details className="plot-table small">
      <summary>As a table</summary>
      <Scrollable className="plot-table-rows" aria-label={label}>
        <table>
          <TableHead columns={['Time', ...columns]} />
          <tbody>
            {told.map(({ title, to, values }) => (
              <tr key={title}>
                <th scope="row">
                  <Link to={to}>{title}</Link>
                </th>
                {values.map(({ word, said }) => (
                  <td key={word} className="number">
                    {said ?? '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </details>
  )
}
