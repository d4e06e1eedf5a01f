import { Textarea } from '@mantine/core'

const shortest = 3
export const isSaid = (summary: string): boolean => summary.trim().length >= shortest

/** Why a change is made; the server asks for it with every change to users. */
export function SummaryField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Textarea
      label="Why"
      description="kept in the audit log"
      required
      value={value}
      maxLength={2000}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
