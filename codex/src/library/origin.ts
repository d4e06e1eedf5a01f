import { z } from 'zod'

/** What an addition came with: its pull request, and files beside it that must exist. */
export const origin = z.strictObject({
  pullRequest: z
    .string()
    .regex(
      /^(?:(?:[\w.-]+\/[\w.-]+)?[#!][1-9]\d*|https?:\/\/[^\s/]+\/\S+)$/,
      'must be a number such as #12, or an address',
    )
    .optional(),
  docs: z.array(z.string()).min(1),
  code: z.array(z.string()).min(1),
})

export type Origin = z.infer<typeof origin>

/** What is missing of where an addition says it comes from. */
export function originFaults(
  origin: Origin | undefined,
  { exists, reviewed }: { exists: (path: string) => boolean; reviewed: boolean },
): string[] {
  const wanted = reviewed ? '`docs` and `code`' : '`pullRequest`, `docs` and `code`'
  if (!origin) return [`say where it comes from: \`origin\` with ${wanted}`]
  return [
    ...(origin.pullRequest || reviewed ? [] : ['origin names no pull request: add `pullRequest`']),
    ...[...origin.docs, ...origin.code]
      .filter((path) => !exists(path))
      .map((path) => `origin names ${path}, which is not there`),
  ]
}
