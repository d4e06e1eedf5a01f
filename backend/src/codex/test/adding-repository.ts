import { smallBacklog } from '../../../../codex/test/scratch.ts'

const origin = `origin:
  pullRequest: https://git.example/pulls/7
  docs: [docs/release.md]
  code: [docs/release.md]
`
/** The files of a repository that adds a persona and a task to the library. */
export const addingRepository = {
  'docs/TODO.yaml': smallBacklog,
  'docs/release.md': '# Releases\n',
  'ai/personas/release-captain.yaml': `name: Release Captain
slug: release-captain
scope: Ships what is finished.
entryRoutes: [/jobs]
roles: [toolkit.user]
superuser: false
operations: [jobs.list]
toolkitEffects: [read]
guardrails:
  - text: Say which release it is.
${origin}`,
  'ai/tasks/check-release.yaml': `slug: check-release
title: Check that a release is quiet
group: monitoring
persona: release-captain
routes: [/jobs]
inputs:
  release: { type: text, description: which release, required: true }
steps:
  - id: failed
    title: List failed jobs
    operation: jobs.list
    input: { status: failed, q: "{{inputs.release}}" }
    expect: [{ value: "{{steps.failed.items}}", exists: true }]
success:
  - text: The failed jobs are listed.
    holds: [{ value: "{{steps.failed.items}}", exists: true }]
${origin}`,
}
