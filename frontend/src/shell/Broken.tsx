import { useRouteError } from 'react-router'
import { Failure } from '../components/states.tsx'

/** A page that threw; the rest of the shell goes on. */
export function Broken() {
  const thrown = useRouteError()
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return <Failure wholePage error={error} what="This page broke" retry={() => location.reload()} />
}
