import { Button } from '@mantine/core'

/** At the end of a filter bar that narrows its list. Where the bar is wider than the window, it stays in sight. */
export function ClearFilters({ onClear }: { onClear: () => void }) {
  return (
    <span className="filter-clear">
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </span>
  )
}
