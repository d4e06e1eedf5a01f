import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApp } from '../lib/app-context.ts'
import { toolkitsQuery } from '../lib/queries.ts'

/** Narrows a list to one toolkit. Also one that isn't there stays shown, and can be cleared: the list is narrowed to it. */
export function ToolkitSelect({ value, onChange }: { value: string; onChange: (slug: string) => void }) {
  const { api } = useApp()
  const { data } = useQuery(toolkitsQuery(api))
  const choices = data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []
  const isKnown = value === '' || choices.some((choice) => choice.value === value)
  return (
    <Select
      aria-label="Toolkit"
      placeholder="Any toolkit"
      clearable
      w={isKnown ? 150 : 200}
      data={isKnown ? choices : [...choices, { value, label: data ? `${value} (unknown)` : value }]}
      value={value || null}
      onChange={(slug) => onChange(slug ?? '')}
    />
  )
}
