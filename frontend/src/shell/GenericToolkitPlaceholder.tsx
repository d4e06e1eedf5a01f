import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { EffectTag } from '../components/StatusMark.tsx'
import { Empty } from '../components/states.tsx'
import { type Input, RunOperation } from './RunOperation.tsx'
import { LoadFailures } from './toolkit-ui/LoadFailures.tsx'
import type { LoadFailure } from './toolkit-ui/load-toolkit-ui.ts'
import './generic-toolkit-placeholder.css'

/** Makes a toolkit fully usable without pages of its own, and says why there are none: each operation is a form made from its schema. */
export function GenericToolkitPlaceholder(props: {
  toolkit: ToolkitDetail
  /** Of the attempts to load or show its own pages. */
  failures?: readonly LoadFailure[]
  retry?: () => void
}) {
  const { toolkit, failures = [], retry = () => {} } = props
  const [search] = useSearchParams()
  // What was typed stays while another operation is looked at.
  const [inputs, setInputs] = useState<Readonly<Record<string, Input>>>({})
  const { operationList } = toolkit
  const chosen =
    operationList.find(({ operation }) => operation === search.get('operation')) ?? operationList[0]
  const list = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the list is one long row, the chosen one must not be past its end
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosen?.operation])
  if (!chosen) return <Empty title="It has no operations">There is nothing to run here.</Empty>
  return (
    <>
      {failures.length > 0 && <LoadFailures slug={toolkit.slug} failures={failures} retry={retry} />}
      <div className="placeholder">
        <nav ref={list} aria-label="Operations" className="placeholder-operations">
          <ul>
            {operationList.map(({ operation, title, effect, mode }) => (
              <li key={operation}>
                <Link
                  to={`?operation=${operation}`}
                  replace
                  preventScrollReset
                  aria-current={operation === chosen.operation ? 'page' : undefined}
                  className="placeholder-operation"
                >
                  <b>{title}</b>
                  <span className="row small soft">
                    <EffectTag effect={effect} /> {mode === 'job' ? 'as a job' : 'at once'}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {!toolkit.hasUi && (
            <p className="small soft">
              {toolkit.name} has no page of its own: its operations are offered as forms, made from what they
              say they take.
            </p>
          )}
        </nav>
        <RunOperation
          key={chosen.id}
          slug={toolkit.slug}
          operation={chosen}
          input={inputs[chosen.operation] ?? {}}
          onInput={(input) => setInputs((known) => ({ ...known, [chosen.operation]: input }))}
        />
      </div>
    </>
  )
}
