import { Button, NumberField, SelectField, TextField, useSubmit } from '@sre-toolbox/sdk/ui'
import { type FormEvent, useState } from 'react'
import { isAddress } from './address.ts'

const methods = ['GET', 'HEAD'].map((value) => ({ value, title: value }))

export function ProbeForm(props: { url: string; onStarted: (jobId: string, url: string) => void }) {
  const { submit, error, busy } = useSubmit('probe')
  const [url, setUrl] = useState(props.url)
  const [count, setCount] = useState<number | null>(20)
  const [budgetMs, setBudget] = useState<number | null>(null)
  const [intervalMs, setInterval] = useState<number | null>(0)
  const [toleratedPercent, setTolerated] = useState<number | null>(0)
  const [expectStatus, setExpected] = useState<number | null>(null)
  const [method, setMethod] = useState('GET')

  const address = url.trim()
  const wrong = address !== '' && !isAddress(address)

  async function start(event: FormEvent) {
    event.preventDefault()
    if (wrong) return
    const optional = { budgetMs, expectStatus }
    const given = Object.entries(optional).filter(([, value]) => value !== null)
    const job = await submit({
      url: address,
      method,
      count: count ?? 20,
      intervalMs: intervalMs ?? 0,
      maxErrorRate: (toleratedPercent ?? 0) / 100,
      ...Object.fromEntries(given),
    }).catch(() => null)
    if (job) props.onStarted(job.id, address)
  }

  return (
    <form className="card pad stack latency-sleuth-form" onSubmit={start} aria-label="Probe a URL">
      <TextField
        label="URL"
        description="http or https"
        value={url}
        onChange={setUrl}
        placeholder="https://example.org/"
        maxLength={2048}
        required
        mono
        error={wrong && 'A full address, such as https://example.org/, without user name or password.'}
      />
      <div className="latency-sleuth-fields">
        <NumberField label="Samples" value={count} onChange={setCount} min={1} max={1000} required />
        <NumberField label="Budget, ms" value={budgetMs} onChange={setBudget} min={1} max={600_000} />
      </div>
      <details>
        <summary>More</summary>
        <div className="latency-sleuth-fields">
          <NumberField label="Pause, ms" value={intervalMs} onChange={setInterval} min={0} max={60_000} />
          <NumberField
            label="May fail, %"
            value={toleratedPercent}
            onChange={setTolerated}
            min={0}
            max={100}
          />
          <NumberField
            label="Expected status"
            value={expectStatus}
            onChange={setExpected}
            min={100}
            max={599}
          />
          <SelectField label="Method" value={method} onChange={setMethod} options={methods} />
        </div>
      </details>
      {error && (
        <p className="form-error" role="alert">
          {error.message}
        </p>
      )}
      <Button type="submit" busy={busy} disabled={address === '' || wrong}>
        Probe
      </Button>
      <p className="small soft">
        The budget is what 95 % of the samples must not exceed. Each sample opens a connection of its own,
        from where SRE Toolbox runs. Headers and timeouts are set under Operations.
      </p>
    </form>
  )
}
