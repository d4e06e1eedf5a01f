import { useSearchParams } from 'react-router'
import { type View, views } from './views.ts'

export function ViewSwitch({ view }: { view: View }) {
  const [search, setSearch] = useSearchParams()
  function show(wanted: View) {
    const next = new URLSearchParams(search)
    if (wanted === 'board') next.delete('view')
    else next.set('view', wanted)
    setSearch(next, { replace: true })
  }
  return (
    <fieldset className="segments">
      <legend className="hidden-text">View</legend>
      {views.map(({ view: each, title }) => (
        <button key={each} type="button" aria-pressed={each === view} onClick={() => show(each)}>
          {title}
        </button>
      ))}
    </fieldset>
  )
}
