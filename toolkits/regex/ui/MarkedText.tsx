import { type Ref, useId } from 'react'
import { type Place, segmentsOf } from './marks.ts'

/** A text that is typed, with marks behind it. */
export function MarkedText(props: {
  label: string
  value: string
  onChange: (value: string) => void
  places: readonly Place[]
  placeholder?: string
  field: Ref<HTMLTextAreaElement>
}) {
  const { label, value, onChange, places, placeholder, field } = props
  const id = useId()
  return (
    <div className="regex-field">
      <label htmlFor={id}>{label}</label>
      <div className="regex-marked">
        <div className="regex-marked-grow">
          <div aria-hidden="true" className="regex-backdrop">
            {segmentsOf(value, places).map(({ start, text, place }) =>
              place === null ? (
                text
              ) : (
                <mark
                  key={`${start}-${place}`}
                  data-odd={place % 2 === 1 || undefined}
                  data-empty={text === '' || undefined}
                >
                  {text}
                </mark>
              ),
            )}
            {/* A last line that is empty has a height, too. */}
            {'\n'}
          </div>
          <textarea
            ref={field}
            id={id}
            value={value}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
            placeholder={placeholder}
            maxLength={200_000}
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
          />
        </div>
      </div>
    </div>
  )
}
