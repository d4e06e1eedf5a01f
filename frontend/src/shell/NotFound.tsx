import { Link, useLocation } from 'react-router'
import { Empty } from '../components/states.tsx'
import { paletteKeys } from './palette-keys.ts'

export function NotFound() {
  const { pathname } = useLocation()
  return (
    <Empty wholePage title="Nothing is here">
      <title>Nothing is here · SRE Toolbox</title>
      <code>{pathname}</code> is no page of SRE Toolbox. <Link to="/">Go to the dashboard</Link>, or search
      with <kbd>{paletteKeys}</kbd>.
    </Empty>
  )
}
