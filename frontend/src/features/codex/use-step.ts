import { useMutation } from '@tanstack/react-query'
import { useApp } from '../../lib/app-context.ts'

/** A step of a session; all that shows the codex is read again after it. */
export function useStep<Answer>(take: () => Promise<Answer>, onSuccess?: (answer: Answer) => void) {
  const { queries } = useApp()
  return useMutation({
    mutationFn: take,
    ...(onSuccess && { onSuccess }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
}
