import { Textarea } from '@mantine/core'

export const isJustified = (text: string): boolean => text.trim().length >= 3

/** Why something is done that not everybody would do. */
export function Justification({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Textarea
      label="Justification"
      description="kept in the audit log"
      required
      value={value}
      maxLength={2000}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data-autofocus
    />
  )
}
