import { X } from 'lucide-react'

/** A filter that has no field of its own; a click takes it away. */
export function FilterChip({ name, value, onClear }: { name: string; value: string; onClear: () => void }) {
  return (
    <button
      type="button"
      className="chip"
      onClick={onClear}
      aria-label={`Remove the filter ${name} ${value}`}
    >
      {name} <b>{value}</b>
      <X size={12} aria-hidden="true" />
    </button>
  )
}
