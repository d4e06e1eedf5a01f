import { submitJob } from '@sre-toolbox/contract/jobs'
import { callToolkit } from '@sre-toolbox/contract/toolkits'
import type { Calling, OperationInput, Reading, Submitting, ToolkitHooks } from '@sre-toolbox/sdk/ui'
import { keepPreviousData, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useApp, useUser } from '../../lib/app-context.ts'
import { may } from '../../lib/may.ts'
import { newKey } from '../../lib/new-key.ts'
import { latestJobsQuery, toolkitReadQuery } from '../../lib/queries.ts'
import { useShownToolkit } from './toolkit-context.ts'
import { useFollowedJob } from './use-followed-job.ts'

const nothing: OperationInput = {}

export const toolkitHooks: ToolkitHooks = {
  useToolkit() {
    const { slug, name, version } = useShownToolkit()
    return { slug, name, version, basePath: `/toolkits/${slug}` }
  },
  useUser() {
    const { username, displayName, roles, superuser } = useUser()
    return { username, displayName, roles, superuser }
  },
  useMay: (role) => may(useUser(), role),
  useOperation<Output>(
    operation: string,
    input = nothing,
    { enabled = true, everySeconds }: { enabled?: boolean; everySeconds?: number } = {},
  ): Reading<Output> {
    const { slug } = useShownToolkit()
    const answer = useQuery({
      ...toolkitReadQuery<Output>(useApp().api, slug, operation, input),
      enabled,
      placeholderData: keepPreviousData,
      ...(everySeconds !== undefined && { refetchInterval: everySeconds * 1000 }),
    })
    return toReading(answer)
  },
  useCall<Output>(operation: string): Calling<Output> {
    const { slug } = useShownToolkit()
    const { api } = useApp()
    const call = useMutation({
      mutationFn: async (input: OperationInput) =>
        (await api.call(callToolkit, { slug, operation, input: { ...input } })) as Output,
    })
    return {
      call: (input = nothing) => call.mutateAsync(input),
      data: call.data,
      error: call.error,
      busy: call.isPending,
    }
  },
  useSubmit(operation): Submitting {
    const { slug } = useShownToolkit()
    const { api, queries } = useApp()
    const unanswered = useRef<{ input: string; key: string } | null>(null)
    const submit = useMutation({
      mutationFn: async (input: OperationInput) => {
        const text = JSON.stringify(input)
        if (unanswered.current?.input !== text) unanswered.current = { input: text, key: newKey() }
        const idempotencyKey = unanswered.current.key
        const sent = { toolkit: slug, operation, input: { ...input }, idempotencyKey }
        return (await api.call(submitJob, sent)).job
      },
      onSuccess: () => {
        unanswered.current = null
        void queries.invalidateQueries({ queryKey: ['jobs'] })
      },
    })
    const followed = useFollowedJob(submit.data?.id ?? null)
    return {
      submit: (input = nothing) => submit.mutateAsync(input),
      job: followed.job ?? submit.data ?? null,
      error: submit.error,
      busy: submit.isPending,
    }
  },
  useJob: useFollowedJob,
  useJobs({ operation, status, limit = 20 } = {}) {
    const { slug } = useShownToolkit()
    const filter = { toolkit: slug, operation, status, limit: Math.min(limit, 100) }
    const { data, ...answer } = useQuery(latestJobsQuery(useApp().api, filter))
    return { ...toReading(answer), data: data?.items }
  },
}

function toReading<Output>(
  answer: Pick<UseQueryResult<Output>, 'error' | 'isPending' | 'isFetching' | 'refetch'> & {
    data?: Output | undefined
  },
): Reading<Output> {
  return {
    data: answer.data,
    error: answer.error,
    pending: answer.isPending,
    fetching: answer.isFetching,
    refetch: () => void answer.refetch(),
  }
}
