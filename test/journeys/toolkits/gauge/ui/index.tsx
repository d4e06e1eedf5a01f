import {
  Button,
  defineToolkitUi,
  Failure,
  JobLink,
  JobStatusMark,
  Loading,
  StatusMark,
  useJob,
  useOperation,
  useSubmit,
  useToolkit,
} from '@sre-toolbox/sdk/ui'
import { useState } from 'react'
import { Link, Route, Routes, useParams } from 'react-router'
import './gauge.css'

export const toolkitUi = defineToolkitUi({
  pages: [
    { path: '', title: 'Level', Component: Level },
    { path: 'tanks', title: 'Tanks', Component: Tanks },
    { path: 'needle', title: 'Needle', Component: Needle },
  ],
})

function Level() {
  const { data, error, refetch } = useOperation<{ level: number }>('level', { tank: 'north' })
  const fill = useSubmit('fill')
  const { log } = useJob(fill.job?.id ?? null)
  if (error) return <Failure error={error} what="The level can't be read" retry={refetch} />
  if (!data) return <Loading what="the level" />
  return (
    <section className="card pad stack" aria-label="Level">
      <p className="gauge-level number">{data.level} %</p>
      <StatusMark tone="good" shape="check" word="Within limits" />
      <Button onClick={() => void fill.submit()} busy={fill.busy}>
        Fill
      </Button>
      {fill.job && (
        <p>
          <JobStatusMark status={fill.job.status} /> <JobLink id={fill.job.id} />{' '}
          {JSON.stringify(fill.job.result)}
        </p>
      )}
      <ol>
        {log.map(({ seq, text }) => (
          <li key={seq}>{text}</li>
        ))}
      </ol>
    </section>
  )
}

function Tanks() {
  const { basePath } = useToolkit()
  return (
    <Routes>
      <Route index element={<Link to={`${basePath}/tanks/north`}>North</Link>} />
      <Route path=":tank" element={<Tank />} />
    </Routes>
  )
}

function Tank() {
  const { tank } = useParams()
  return <h2>Tank {tank}</h2>
}

function Needle() {
  const [bent] = useState(true)
  if (bent) throw new TypeError('the needle is bent')
  return null
}
