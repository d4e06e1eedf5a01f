import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { EffectTag } from '../components/StatusMark.tsx'
import { Empty } from '../components/states.tsx'
import { type Input, RunOperation } from './RunOperation.tsx'
import './generic-toolkit-placeholder.css'

/** Makes a toolkit without a page of its own fully usable: each operation is a form made from its schema. */
export function GenericToolkitPlaceholder({ toolkit }: { toolkit: ToolkitDetail }) {
  const [search] = useSearchParams()
  // What was typed stays while another operation is looked at.
  const [inputs, setInputs] = useState<Readonly<Record<string, Input>>>({})
  const { operationList } = toolkit
  const chosen =
    operationList.find(({ operation }) => operation === search.get('operation')) ?? operationList[0]
  if (!chosen) return <Empty title="It has no operations">There is nothing to run here.</Empty>
  return (
    <div className="placeholder">
      <nav aria-label="Operations" className="placeholder-operations">
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
        <p className="small soft">
          {toolkit.name} has no page of its own: its operations are offered as forms, made from what they say
          they take.
        </p>
      </nav>
      <RunOperation
        key={chosen.id}
        slug={toolkit.slug}
        operation={chosen}
        input={inputs[chosen.operation] ?? {}}
        onInput={(input) => setInputs((known) => ({ ...known, [chosen.operation]: input }))}
      />
    </div>
  )
}
