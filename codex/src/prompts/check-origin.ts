import { z } from 'zod'
import { origin } from '../library/origin.ts'
import { type Fault, fault, type Report } from './fault.ts'
import type { Prompt } from './read-prompt.ts'

/** A prompt of a task rests on that task's code, and need name none of its own. */
const promptOrigin = origin.extend({ code: z.array(z.string()).default([]) })

const example = 'origin: { pullRequest: "#12", docs: [README.md], code: [src/queue.ts] }'

/** Where a prompt that a repository adds says it comes from, and whether that is there. */
export function checkOrigin(prompt: Prompt, exists: (path: string) => boolean, report: Report): void {
  const { line, column } = prompt.matter.get('origin') ?? { line: 1, column: 1 }
  for (const each of faultsOf(prompt, exists)) report(line, column, each)
}

function faultsOf({ matter, task }: Prompt, exists: (path: string) => boolean): Fault[] {
  const stated = matter.get('origin')?.value
  if (stated === undefined) {
    return [fault('origin_missing', 'The prompt does not say where it comes from.', `add \`${example}\`.`)]
  }
  const parsed = promptOrigin.safeParse(stated)
  if (!parsed.success) {
    const message = `Its origin has not the form of one: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}`
    return [fault('origin_malformed', message, `write it as \`${example}\`.`)]
  }
  const { pullRequest, docs, code } = parsed.data
  const gone = [...docs, ...code].filter((path) => !exists(path))
  return [
    ...gone.map((path) =>
      fault(
        'origin_path_missing',
        `Its origin names ${path}, which is not in this repository.`,
        'correct the path, from the top of the workspace.',
      ),
    ),
    ...(code.length === 0 && task === undefined
      ? [
          fault(
            'origin_no_code',
            'The prompt is of no task, and its origin names no code.',
            'add `code:` with the files that it is about, or `task:`.',
          ),
        ]
      : []),
    ...(pullRequest === undefined ? [noPullRequest] : []),
  ]
}

/** It has none before it is proposed. */
const noPullRequest: Fault = {
  ...fault(
    'origin_no_pull_request',
    'Its origin names no pull request.',
    'once it has one, add `pullRequest:` below `origin`; pin the text again if it is pinned.',
  ),
  severity: 'hint',
}
