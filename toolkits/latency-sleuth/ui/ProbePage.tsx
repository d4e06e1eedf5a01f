import { useSearchParams } from 'react-router'
import { ProbeForm } from './ProbeForm.tsx'
import { ProbeRun } from './ProbeRun.tsx'
import { Targets } from './Targets.tsx'

/** The form beside what it led to. The job is part of the address, so that a result can be passed on. */
export function ProbePage() {
  const [search, setSearch] = useSearchParams()
  const jobId = search.get('job')
  return (
    <div className="latency-sleuth-probe">
      <ProbeForm url={search.get('url') ?? ''} onStarted={(job, url) => setSearch({ job, url })} />
      <div className="stack" aria-live="polite">
        {jobId === null ? <Targets /> : <ProbeRun key={jobId} jobId={jobId} />}
      </div>
    </div>
  )
}
