import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { useApp } from './app-context.ts'

/** State that is there again when somebody comes back to this place in the browser's history. */
export function useKept<T>(name: string, initial: T) {
  const { kept } = useApp()
  const place = `${useLocation().key} ${name}`
  const [value, setValue] = useState<T>(() => (kept.has(place) ? (kept.get(place) as T) : initial))
  useEffect(() => {
    kept.set(place, value)
  }, [kept, place, value])
  return [value, setValue] as const
}
