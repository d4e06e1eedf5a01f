import type { CodexTask } from '@sre-toolbox/contract/codex/library'
import { useQuery } from '@tanstack/react-query'
import { Hand } from 'lucide-react'
import { EffectTag } from '../../../components/StatusMark.tsx'
import { operationsQuery } from '../../../lib/operation-list.ts'
import { conditionWords } from './condition-words.ts'

type Step = CodexTask['steps'][number]

/** What is called, in which order, on which conditions, and where a person is asked. */
export function TaskSteps({ steps }: { steps: readonly Step[] }) {
  const { data: offered = [] } = useQuery(operationsQuery)
  return (
    <section className="card pad stack" aria-label="Steps">
      <h2>Steps</h2>
      <ol className="task-steps">
        {steps.map((step) => (
          <li key={step.id}>
            <div className="row wrap">
              <h3>{step.title}</h3>
              <code className="soft">{step.operation}</code>
              <Effect effect={offered.find(({ id }) => id === step.operation)?.effect} step={step} />
            </div>
            {step.confirm !== null && (
              <p className="approval-note">
                <Hand size={14} aria-hidden="true" />
                <span>A person is asked first: “{step.confirm}”</span>
              </p>
            )}
            <StepFacts step={step} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Effect({ effect, step }: { effect: 'read' | 'write' | 'destructive' | undefined; step: Step }) {
  if (!step.offered) return <span className="tag tag-warn">not offered here</span>
  return effect && <EffectTag effect={effect} />
}

function StepFacts({ step }: { step: Step }) {
  const { when, forEach, until, within, expect, capture, mayFail } = step
  const facts = [
    when.length > 0 && `Only if ${when.map(conditionWords).join(' and ')}.`,
    forEach !== null && `Once for each of ${forEach.replace(/[{}]/g, '')}.`,
    until !== null && `Again until ${until.map(conditionWords).join(' and ')}${waits(within)}.`,
    expect.length > 0 && `Expects that ${expect.map(conditionWords).join(' and ')}.`,
    mayFail && 'May fail: the run goes on.',
    capture.length > 0 && `Keeps ${capture.map(({ name }) => name).join(', ')} as evidence.`,
  ].filter((fact) => fact !== false)
  if (facts.length === 0) return null
  return (
    <ul className="small soft step-facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}

function waits(within: Step['within']): string {
  if (within === null) return ''
  return `, for ${String(within).replace(/[{}]/g, '')} seconds at most`
}
