import { Button, PasswordInput } from '@mantine/core'
import { makePassword, shortestPassword } from '../lib/make-password.ts'
import { CopyText } from './CopyText.tsx'

/** A password for somebody: typed, or made up and shown to be handed over. */
export function NewPassword(props: {
  label: string
  value: string
  /** The one that was made up, while it is the value. */
  made: string
  onChange: (value: string, made: string) => void
}) {
  const { label, value, made, onChange } = props
  const short = value !== '' && value.length < shortestPassword
  function makeUp() {
    const password = makePassword()
    onChange(password, password)
  }
  return (
    <div className="stack-small">
      <PasswordInput
        label={label}
        description={`at least ${shortestPassword} characters`}
        required
        autoComplete="new-password"
        value={value}
        error={short && `${shortestPassword - value.length} more.`}
        onChange={({ currentTarget }) => onChange(currentTarget.value, '')}
      />
      <div className="row wrap">
        <Button size="compact-xs" variant="default" onClick={makeUp}>
          Make one up
        </Button>
        {made !== '' && made === value && (
          <span className="row wrap small">
            <CopyText text={made} what="password" />
            <span className="soft">Copy it now: it is not shown again.</span>
          </span>
        )}
      </div>
    </div>
  )
}
