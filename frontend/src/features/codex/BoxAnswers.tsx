import { TextInput } from '@mantine/core'
import type { listBoxes } from '@sre-toolbox/contract/codex/sessions'
import type { OutputOf } from '@sre-toolbox/contract/operation'
import { CopyText } from '../../components/CopyText.tsx'
import { Mark } from '../../components/StatusMark.tsx'

export interface BoxAnswer {
  readonly how: 'confirm' | 'waive'
  readonly reason: string
}

export const isAnswered = (answer: BoxAnswer | undefined): boolean =>
  answer !== undefined && (answer.how === 'confirm' || answer.reason.trim() !== '')

/** The boxes of the pull-request template: each confirmed, or waived with a reason. */
export function BoxAnswers(props: {
  boxes: OutputOf<typeof listBoxes>['items']
  answers: ReadonlyMap<number, BoxAnswer>
  onChange: (answers: ReadonlyMap<number, BoxAnswer>) => void
}) {
  const { boxes, answers, onChange } = props
  if (boxes.length === 0)
    return (
      <p className="soft">This repository has no pull-request template, so there is nothing to confirm.</p>
    )
  const answer = (box: number, given: BoxAnswer) => onChange(new Map(answers).set(box, given))
  return (
    <div className="stack-small">
      <h3>The pull-request template</h3>
      <ol className="boxes">
        {boxes.map(({ box, text, ticked, command }) => {
          const given = answers.get(box)
          return (
            <li key={box}>
              <fieldset className="bare stack-small">
                <legend>{text}</legend>
                {ticked ? (
                  <Mark word="Ticked by the template" tone="good" shape="check" />
                ) : (
                  <>
                    {command && (
                      <p className="small soft">
                        Run where you work: <CopyText text={command} what="command" />
                      </p>
                    )}
                    <div className="row wrap">
                      {(['confirm', 'waive'] as const).map((how) => (
                        <label key={how} className="row">
                          <input
                            type="radio"
                            name={`box-${box}`}
                            checked={given?.how === how}
                            onChange={() => answer(box, { how, reason: given?.reason ?? '' })}
                          />
                          {how === 'confirm' ? 'Confirmed' : 'Waived'}
                        </label>
                      ))}
                      {given?.how === 'waive' && (
                        <TextInput
                          aria-label={`Why box ${box} is waived`}
                          placeholder="why"
                          className="box-reason"
                          maxLength={500}
                          value={given.reason}
                          onChange={({ currentTarget }) =>
                            answer(box, { how: 'waive', reason: currentTarget.value })
                          }
                        />
                      )}
                    </div>
                  </>
                )}
              </fieldset>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
