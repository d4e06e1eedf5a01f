import { Button } from '@mantine/core'
import { Link } from 'react-router'

/** For an installation in which no job has run yet. */
export function Welcome() {
  return (
    <section className="card welcome" aria-labelledby="welcome">
      <h2 id="welcome">Nothing has run here yet</h2>
      <p className="soft">
        Choose a toolkit and run one of its operations. What takes a while becomes a job: this page then shows
        how it goes, what failed and what waits.
      </p>
      <div className="row wrap">
        <Button component={Link} to="/toolkits/latency-sleuth?operation=probe">
          Probe a URL
        </Button>
        <Button component={Link} to="/toolkits" variant="default">
          See all toolkits
        </Button>
      </div>
    </section>
  )
}
