import { z } from 'zod'

/** What an addition came with: its pull request, and files of the repository that must exist. */
export const origin = z.strictObject({
  pullRequest: z.string().min(1),
  docs: z.array(z.string()).min(1),
  code: z.array(z.string()).min(1),
})

export type Origin = z.infer<typeof origin>
