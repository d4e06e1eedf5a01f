import { getPrompt, putPrompt, type StoredPrompt } from '@sre-toolbox/contract/codex-prompts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../../lib/api.ts'
import { useApp } from '../../../lib/app-context.ts'
import { promptQuery } from './prompt-queries.ts'

/** What is there instead of what was to be replaced; null when it was removed. */
export interface Meanwhile {
  readonly theirs: StoredPrompt | null
}

/** Writes a prompt where nobody was faster; else says what they wrote, and writes nothing. */
export function useSaving(workspaceId: string, stored: StoredPrompt) {
  const { api, queries } = useApp()
  const { name } = stored
  const [base, setBase] = useState(stored)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const save = useMutation({
    mutationFn: ({ text, ifVersion }: { text: string; ifVersion: string | undefined }) =>
      api.call(putPrompt, { workspaceId, name, text, ...(ifVersion !== undefined && { ifVersion }) }),
    onSuccess({ prompt }) {
      setBase(prompt)
      setMeanwhile(null)
      queries.setQueryData(promptQuery(api, workspaceId, name).queryKey, { prompt })
    },
    async onError(error) {
      if (error instanceof ApiError && error.status === 409) setMeanwhile({ theirs: await readTheirs() })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex', 'prompts'] }),
  })
  async function readTheirs() {
    try {
      return (await api.call(getPrompt, { workspaceId, name })).prompt
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }
  }
  return { base, setBase, save, meanwhile, setMeanwhile }
}
