import { type DashboardRange, dashboardRanges } from '@sre-toolbox/contract/dashboard'
import { useSearchParams } from 'react-router'

const usual: DashboardRange = '24h'

/** How far back the page looks; in the URL, so that it can be sent to somebody. */
export function useRange(): [DashboardRange, (range: DashboardRange) => void] {
  const [search, setSearch] = useSearchParams()
  const given = search.get('range')
  const range = dashboardRanges.find((known) => known === given) ?? usual
  return [range, (next) => setSearch(next === usual ? {} : { range: next }, { replace: true })]
}

const titles: Readonly<Record<DashboardRange, string>> = { '1h': '1 hour', '24h': '24 hours', '7d': '7 days' }

export function RangeSwitch(props: { range: DashboardRange; onChange: (range: DashboardRange) => void }) {
  return (
    <fieldset className="segments">
      <legend className="hidden-text">Range</legend>
      {dashboardRanges.map((range) => (
        <button
          key={range}
          type="button"
          aria-pressed={range === props.range}
          onClick={() => props.onChange(range)}
        >
          {titles[range]}
        </button>
      ))}
    </fieldset>
  )
}
