import { formatCount, TextField } from '@sre-toolbox/sdk/ui'
import type { Answered, Replaced } from './answers.ts'

/** What takes the place of the matches, and how the text looks then. */
export function Replacement(props: {
  value: string
  onChange: (value: string) => void
  answer: Answered<object, Replaced>
}) {
  const { value, onChange, answer } = props
  const replaced = answer.latest?.output
  return (
    <section className="card pad stack" aria-label="Replacement">
      <TextField
        label="Replace with"
        description={
          "$1, $<name>, $&, $` and $' stand for parts of the match; leave it empty to replace nothing"
        }
        value={value}
        onChange={onChange}
        maxLength={10_000}
        mono
      />
      {value !== '' && replaced && (
        <div>
          <p className="soft small" role="status">
            {formatCount(replaced.replacements)} replaced
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it by keyboard */}
          <section className="regex-preview" tabIndex={0} aria-label="Text after the replacement">
            {replaced.text}
          </section>
        </div>
      )}
    </section>
  )
}
