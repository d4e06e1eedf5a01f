import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'

/** What is searched for is told once the typing pauses. */
export function SearchText(props: {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  inputRef?: RefObject<HTMLInputElement | null>
}) {
  const [typed, setTyped] = useState(props.value)
  const tell = useDebouncedCallback(props.onChange, 250)
  useEffect(() => setTyped(props.value), [props.value])
  return (
    <TextInput
      ref={props.inputRef ?? null}
      type="search"
      aria-label={props.label}
      placeholder={props.placeholder}
      leftSection={<Search size={13} />}
      className="filter-search"
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        tell(currentTarget.value)
      }}
    />
  )
}
