const flags = [
  { flag: 'g', meaning: 'all matches, not just the first' },
  { flag: 'i', meaning: 'capital and small letters are the same' },
  { flag: 'm', meaning: '^ and $ are the ends of every line' },
  { flag: 's', meaning: '. takes line ends, too' },
  { flag: 'u', meaning: 'reads Unicode characters' },
  { flag: 'v', meaning: 'as u, and sets may hold sets' },
  { flag: 'y', meaning: 'only where the last match ended' },
] as const

/** These two exclude each other. */
const others: Readonly<Record<string, string>> = { u: 'v', v: 'u' }

export function Flags({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  function toggle(flag: string) {
    if (value.includes(flag)) onChange(value.replace(flag, ''))
    else onChange([...value.replace(others[flag] ?? '', ''), flag].sort().join(''))
  }
  return (
    <fieldset className="segments regex-flags" aria-label="Flags">
      {flags.map(({ flag, meaning }) => (
        <button
          key={flag}
          type="button"
          className="mono"
          title={`${flag}: ${meaning}`}
          aria-label={`${flag}: ${meaning}`}
          aria-pressed={value.includes(flag)}
          onClick={() => toggle(flag)}
        >
          {flag}
        </button>
      ))}
    </fieldset>
  )
}
