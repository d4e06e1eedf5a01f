import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const playbook = z.strictObject({
  title: z.string(),
  purpose: z.string(),
  files: z.array(z.strictObject({ path: z.string(), holds: z.string() })),
  workflow: z.array(z.strictObject({ step: z.string(), command: z.string() })),
  principles: z.array(z.strictObject({ name: z.string(), rule: z.string() })),
  patterns: z.array(z.string()),
  checklist: z.array(z.strictObject({ section: z.string(), holds: z.string() })),
  groups: z.record(z.string(), z.string()),
  extending: z.string(),
})

export type Playbook = z.infer<typeof playbook>

/** The words of the playbook that no other data holds. */
export function loadPlaybook(): Playbook {
  return playbook.parse(parse(readFileSync(new URL('../../playbook/playbook.yaml', import.meta.url), 'utf8')))
}
