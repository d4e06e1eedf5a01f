import { Textarea } from '@mantine/core'

const shortest = 3
export const isSaid = (summary: string): boolean => summary.trim().length >= shortest

/** Why a change is made; the server asks for it with every change to users, the browser before something is destroyed. */
export function SummaryField(props: {
  value: string
  onChange: (value: string) => void
  label?: string
  /** Typing begins here when its dialog opens. */
  first?: true
}) {
  const { value, onChange, label = 'Why', first } = props
  return (
    <Textarea
      label={label}
      description="kept in the audit log"
      required
      value={value}
      maxLength={2000}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data-autofocus={first}
    />
  )
}
