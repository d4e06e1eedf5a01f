import { Button, Modal } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { CopyText } from '../../components/CopyText.tsx'
import { ChooseFields } from './ChooseFields.tsx'
import { alike, type EditedFields, fieldsOf, namesOf, type Place } from './edit-fields.ts'
import { FieldValue, fieldTitles } from './FieldValue.tsx'
import type { Conflict, Edits } from './use-edits.ts'

/** Somebody was faster: what they made of it beside what was wanted, to be chosen field by field. */
export function ConflictDialog(props: {
  conflict: Conflict
  /** The backlog as it is now. */
  tasks: readonly BacklogTask[]
  edits: Edits
}) {
  const { conflict, tasks, edits } = props
  const { task, wanted, current } = conflict
  return (
    <Modal
      opened
      size="xl"
      centered
      onClose={edits.forget}
      title={`${task.title} ${'set' in wanted ? 'was changed meanwhile' : 'was not moved'}`}
    >
      {current === null ? (
        <Gone conflict={conflict} onClose={edits.forget} />
      ) : 'set' in wanted ? (
        <ChooseFields
          key={JSON.stringify(current)}
          seen={fieldsOf(task)}
          now={fieldsOf(current)}
          set={wanted.set}
          busy={edits.edit.isPending}
          onForget={edits.forget}
          onWrite={(set) => edits.edit.mutate({ task: current, set })}
        />
      ) : (
        <MoveAgain task={task} place={wanted.place} current={current} tasks={tasks} edits={edits} />
      )}
    </Modal>
  )
}

function MoveAgain(props: {
  task: BacklogTask
  place: Place
  current: BacklogTask
  tasks: readonly BacklogTask[]
  edits: Edits
}) {
  const { task, place, current, tasks, edits } = props
  const area = place.toArea ?? current.area
  const before = tasks.find((each) => each.area === area && each.id === place.before)
  const isPlaceGone = place.before !== undefined && !before
  const seen: EditedFields = fieldsOf(task)
  const now: EditedFields = fieldsOf(current)
  const changed = namesOf(now).filter((field) => !alike(seen[field], now[field]))
  return (
    <div className="stack">
      <p>Somebody changed the backlog after you last saw it, so nothing was written.</p>
      <p>
        You wanted it{' '}
        {isPlaceGone ? (
          <>
            before <code>{place.before}</code>, which is not in that area any more
          </>
        ) : before ? (
          <>before “{before.title}”</>
        ) : (
          'at the end'
        )}
        {place.toArea && (
          <>
            {' '}
            of <code>{place.toArea}</code>
          </>
        )}
        {place.priority && `, with the priority ${place.priority}`}.
      </p>
      {changed.length > 0 && (
        <ul className="bullets">
          {changed.map((field) => (
            <li key={field}>
              {fieldTitles[field]} is another now: <FieldValue field={field} value={now[field]} />
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <Button variant="default" className="push" onClick={edits.forget}>
          Leave it where it is
        </Button>
        {!isPlaceGone && (
          <Button loading={edits.move.isPending} onClick={() => edits.moveAgain(current, place)}>
            Move it all the same
          </Button>
        )}
      </div>
    </div>
  )
}

function Gone({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const { wanted } = conflict
  const texts = 'set' in wanted ? [wanted.set.title, wanted.set.notes] : []
  return (
    <div className="stack">
      <p>The task is no longer on the backlog under this address: it was moved or taken off.</p>
      {texts.map((text) => text && <CopyText key={text} text={text} what="text that you typed" />)}
      <div className="row">
        <Button className="push" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  )
}
