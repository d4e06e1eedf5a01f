import { Button } from '@mantine/core'
import { useState } from 'react'
import { alike, type EditedFields, type Field, namesOf, only } from './edit-fields.ts'
import { FieldValue, fieldTitles } from './FieldValue.tsx'

/** For each field of an edit that came too late: what was wanted, or what is there now. */
export function ChooseFields<Fields extends EditedFields>(props: {
  /** When the edit was begun. */
  seen: EditedFields
  now: EditedFields
  set: Fields
  busy: boolean
  onForget: () => void
  onWrite: (set: Partial<Fields>) => void
}) {
  const { seen, now, set, busy, onForget, onWrite } = props
  const fields = namesOf(set)
  const [theirs, setTheirs] = useState<ReadonlySet<Field>>(new Set())
  function choose(field: Field, keepTheirs: boolean) {
    const next = new Set(theirs)
    if (keepTheirs) next.add(field)
    else next.delete(field)
    setTheirs(next)
  }
  function write() {
    const mine = fields.filter((field) => !theirs.has(field) && !alike(now[field], set[field]))
    if (mine.length === 0) return onForget()
    onWrite(only(set, mine))
  }
  return (
    <div className="stack">
      <p>Nothing was written. Choose for each field what it is to say; what you typed is kept.</p>
      {fields.map((field) => (
        <fieldset key={field} className="conflict-field">
          <legend>
            {fieldTitles[field]}
            {alike(seen[field], now[field]) ? (
              <span className="soft small"> only you changed it</span>
            ) : (
              <span className="tag tag-warn">changed by somebody else too</span>
            )}
          </legend>
          <div className="conflict-sides">
            {[false, true].map((side) => (
              <label key={String(side)} className="conflict-side">
                <span className="row">
                  <input
                    type="radio"
                    name={`conflict-${field}`}
                    checked={theirs.has(field) === side}
                    onChange={() => choose(field, side)}
                  />
                  <b>{side ? 'There now' : 'Yours'}</b>
                </span>
                <FieldValue field={field} value={(side ? now : set)[field]} />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="row">
        <Button variant="default" className="push" onClick={onForget}>
          Leave it as it is now
        </Button>
        <Button loading={busy} onClick={write}>
          Write what is chosen
        </Button>
      </div>
    </div>
  )
}
