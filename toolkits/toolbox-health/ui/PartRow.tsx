import { HealthMark } from '@sre-toolbox/sdk/ui'
import { useId } from 'react'
import type { Sample, Span } from './health-data.ts'
import { inWords } from './measures.ts'
import { PartMeasures } from './PartMeasures.tsx'
import type { Range } from './ranges.ts'
import { StatusStrip } from './StatusStrip.tsx'

export function PartRow(props: {
  part: Sample['parts'][number]
  spans: readonly Span[]
  range: Range
  begin: number
  end: number
  opened: boolean
  onToggle: () => void
}) {
  const { part, spans, range, begin, end, opened, onToggle } = props
  const panel = useId()
  const title = inWords(part.name)
  return (
    <li className="toolbox-health-part">
      <button
        type="button"
        className="toolbox-health-toggle"
        aria-expanded={opened}
        aria-controls={panel}
        onClick={onToggle}
      >
        <span className="toolbox-health-name">{title}</span>
        <HealthMark status={part.status} />
        <span className="soft toolbox-health-message">{part.message}</span>
        <span className="toolbox-health-more">{opened ? 'Hide measures' : 'Measures'}</span>
      </button>
      <StatusStrip title={title} spans={spans} begin={begin} end={end} />
      <div id={panel}>{opened && <PartMeasures name={part.name} range={range} begin={begin} />}</div>
    </li>
  )
}
