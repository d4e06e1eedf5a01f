import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { repairWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Mark } from '../../components/StatusMark.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { may } from '../../lib/may.ts'
import { CheckoutFacts } from './CheckoutFacts.tsx'
import { workspaceQuery } from './codex-queries.ts'
import { Findings } from './Findings.tsx'

/** How a workspace is: its checkout, what is wrong with its files, and the cure for what a crash left. */
export function WorkspaceHealth({ workspaceId }: { workspaceId: string }) {
  const { api, queries } = useApp()
  const user = useUser()
  const { data, error, refetch } = useQuery(workspaceQuery(api, workspaceId))
  const repair = useMutation({
    mutationFn: () => api.call(repairWorkspace, { workspaceId }),
    onSuccess: ({ cured }) =>
      notifications.show({
        message:
          cured.length > 0 ? `Put right: ${plural(cured.length, 'thing')}` : 'Nothing was left to put right',
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  if (error && !data)
    return <Failure error={error} what="Its state can't be read" retry={() => void refetch()} />
  if (!data) return <Loading what="the state of the workspace" lines={2} />
  const { findings, ailments, writable } = data
  const wrong = findings.filter(({ severity }) => severity !== 'hint')
  const well = wrong.length === 0 && ailments.length === 0 && writable
  return (
    <div className="stack-small">
      <div className="row wrap">
        {well ? (
          <Mark word="In order" tone="good" shape="check" />
        ) : (
          <Mark
            word={
              data.status
                ? `${plural(wrong.length + ailments.length + (writable ? 0 : 1), 'thing')} to put right`
                : "Can't be used"
            }
            tone={data.status ? 'warn' : 'bad'}
            shape={data.status ? 'bang' : 'cross'}
          />
        )}
        <CheckoutFacts workspaceId={workspaceId} />
      </div>
      {!writable && <p>The server may read its files but not write them: nothing can be edited from here.</p>}
      {ailments.length > 0 && (
        <section className="ailments" aria-label="What a crash or a hand edit left">
          <ul className="stack-small">
            {ailments.map(({ code, message, cure }) => (
              <li key={`${code} ${message}`}>
                {message} <span className="soft">{cure}</span>
              </li>
            ))}
          </ul>
          {may(user, 'toolkit.curator') && (
            <Button
              size="compact-xs"
              variant="default"
              loading={repair.isPending}
              onClick={() => repair.mutate()}
            >
              Repair
            </Button>
          )}
        </section>
      )}
      {repair.error && (
        <p role="alert" className="form-error">
          {repair.error.message}
        </p>
      )}
      {findings.length > 0 && <Findings findings={findings} />}
    </div>
  )
}
