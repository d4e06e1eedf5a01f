/** Where a repository keeps what it adds to the personas, tasks and prompts. */
export const additions = { personas: 'ai/personas', tasks: 'ai/tasks', prompts: 'ai/prompts' } as const

/** The playbook that is rendered from all of it. */
export const playbookPath = 'ai/ops/codex.md'
