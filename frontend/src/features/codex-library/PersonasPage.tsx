import { Button } from '@mantine/core'
import type { CodexPersona } from '@sre-toolbox/contract/codex/library'
import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useEffect } from 'react'
import { Link, useLocation } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { EffectTag } from '../../components/StatusMark.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { type ListedOperation, operationsQuery } from '../../lib/operation-list.ts'
import { personasQuery } from '../../lib/queries.ts'
import { allowedOperations } from './allowed-operations.ts'
import { Origin } from './Origin.tsx'
import { RouteLinks } from './RouteLinks.tsx'
import './library.css'

export function PersonasPage() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(personasQuery(api))
  const { data: offered } = useQuery(operationsQuery)
  const { hash } = useLocation()
  const shown = data !== undefined
  useEffect(() => {
    if (shown && hash) document.getElementById(hash.slice(1))?.scrollIntoView()
  }, [shown, hash])
  return (
    <>
      <PageHeader
        title="Personas"
        note="The parts that agents play. A token that is bound to one can do no more than it, whoever holds it."
        crumbs={[{ title: 'Codex', to: '/codex' }]}
      />
      {error && !data ? (
        <Failure error={error} what="The personas can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="personas" lines={10} />
      ) : (
        <div className="stack">
          {data.items.map((persona) => (
            <PersonaCard key={persona.slug} persona={persona} offered={offered} />
          ))}
        </div>
      )}
    </>
  )
}

function PersonaCard(props: { persona: CodexPersona; offered: readonly ListedOperation[] | undefined }) {
  const { persona, offered } = props
  const { slug, name, scope, entryRoutes, roles, superuser, guardrails, origin } = persona
  return (
    <article id={slug} className="card pad persona" aria-labelledby={`${slug}-name`}>
      <header className="row wrap">
        <div>
          <h2 id={`${slug}-name`}>{name}</h2>
          <p className="soft">{scope}</p>
        </div>
        {origin === null && (
          <Button
            component={Link}
            to={`/account?persona=${slug}`}
            variant="default"
            size="xs"
            className="push"
            leftSection={<KeyRound size={13} />}
          >
            Make a token bound to it<span className="hidden-text"> ({name})</span>
          </Button>
        )}
      </header>
      <dl className="facts">
        <div>
          <dt>Begins at</dt>
          <dd>
            <RouteLinks routes={entryRoutes} />
          </dd>
        </div>
        <div>
          <dt>Needs</dt>
          <dd>
            <code>{[...roles, ...(superuser ? ['superuser'] : [])].join(', ')}</code>
          </dd>
        </div>
        <div>
          <dt>Guardrails</dt>
          <dd>
            <ul className="bullets">
              {guardrails.map(({ text, check }) => (
                <li key={text}>
                  {text}{' '}
                  <span className="small soft">
                    {check === null ? 'People judge it.' : 'Every run is checked for it.'}
                  </span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>May call</dt>
          <dd>{offered ? <Allowed persona={persona} offered={offered} /> : 'being read…'}</dd>
        </div>
      </dl>
      {origin && <Origin origin={origin} />}
    </article>
  )
}

function Allowed({ persona, offered }: { persona: CodexPersona; offered: readonly ListedOperation[] }) {
  const { groups, counts, notOffered } = allowedOperations(persona.operations, offered)
  const effects = [
    counts.read > 0 && `${counts.read} only read`,
    counts.write > 0 && `${counts.write} change something`,
    counts.destructive > 0 && `${counts.destructive} destroy`,
  ].filter((each) => each !== false)
  const all = counts.read + counts.write + counts.destructive
  return (
    <div className="stack-small">
      <details>
        <summary>
          {plural(all, 'operation')}: {effects.join(', ')}
        </summary>
        <div className="allowed">
          {groups.map(({ name, operations }) => (
            <section key={name}>
              <h3>{name}</h3>
              <ul>
                {operations.map(({ id, title, effect }) => (
                  <li key={id}>
                    <code title={title}>{id}</code> <EffectTag effect={effect} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </details>
      <p className="row wrap">
        {persona.toolkitEffects.length === 0 ? 'Nothing of toolkits' : 'Of toolkits, what'}
        {persona.toolkitEffects.map((effect) => (
          <EffectTag key={effect} effect={effect} />
        ))}
      </p>
      {notOffered.length > 0 && (
        <p className="small soft">
          Not offered by this Toolbox: <code>{notOffered.join(', ')}</code>
        </p>
      )}
    </div>
  )
}
