import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { getToolkitSettings, putToolkitSettings } from '@sre-toolbox/contract/toolkits'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SchemaForm } from '../../components/schema-form/SchemaForm.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { ApiError } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'

type Settings = Record<string, unknown>

/** The settings as a form made from the manifest's schema. */
export function ToolkitSettings({ slug }: { slug: string }) {
  const { api } = useApp()
  const { data, error, refetch } = useQuery({
    queryKey: ['toolkits', slug, 'settings'],
    queryFn: ({ signal }) => api.call(getToolkitSettings, { slug }, { signal }),
    // What is typed is typed on top of what was read.
    refetchOnWindowFocus: false,
  })
  return (
    <section className="card pad stack" aria-label="Settings">
      <h2>Settings</h2>
      {error && !data ? (
        <Failure error={error} what="The settings can't be read" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="settings" />
      ) : hasFields(data.schema) ? (
        <SettingsForm
          key={data.version}
          slug={slug}
          schema={data.schema}
          stored={data.settings}
          version={data.version}
        />
      ) : (
        <Empty title="It has no settings" />
      )}
    </section>
  )
}

function SettingsForm(props: { slug: string; schema: unknown; stored: Settings; version: number }) {
  const { slug, schema, stored, version } = props
  const { api, queries } = useApp()
  const [settings, setSettings] = useState(stored)
  const reread = () => queries.invalidateQueries({ queryKey: ['toolkits', slug] })
  const save = useMutation({
    mutationFn: (sent: Settings) =>
      api.call(putToolkitSettings, { slug, settings: sent, ifMatch: String(version) }),
    onSuccess: async (saved) => {
      notifications.show({ title: 'Settings saved', message: `Version ${saved.version} counts from now on.` })
      await reread()
    },
  })
  const movedOn = save.error instanceof ApiError && save.error.code === 'conflict'
  return (
    <>
      <p className="small soft">
        {version === 0 ? 'Never changed: the defaults count.' : `Version ${version}.`} A secret is named, as
        in <code>secret:name#field</code>, never written.
      </p>
      <SchemaForm
        name="settings"
        schema={schema}
        value={settings}
        onChange={setSettings}
        onSubmit={(sent) => save.mutate(sent)}
        submit="Save the settings"
        busy={save.isPending}
        error={save.error}
      />
      {movedOn && (
        <div>
          <Button variant="default" onClick={() => void reread()}>
            Read them again, and lose what was typed
          </Button>
        </div>
      )}
    </>
  )
}

function hasFields(schema: unknown): boolean {
  const { properties, additionalProperties } = schema as {
    properties?: object
    additionalProperties?: unknown
  }
  return Object.keys(properties ?? {}).length > 0 || Boolean(additionalProperties)
}
