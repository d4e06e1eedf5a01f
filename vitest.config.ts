import { defineConfig } from 'vitest/config'

const packages = '{contract,sdk,codex,backend,cli,frontend,toolkits,bench,test}'

export default defineConfig({
  test: {
    include: [`${packages}/**/*.test.ts`],
    // Suites open native databases and start child processes, so each file gets a process of its own.
    pool: 'forks',
    maxWorkers: 2,
    // Generous, because a busy machine is no fault of what is tested; what has to be quick is measured by `bench/`.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // A failing suite that leaves a server open must not hold up the run.
    teardownTimeout: 5_000,
    // Tests own their environment; nothing leaks from one into the next.
    unstubEnvs: true,
    restoreMocks: true,
  },
})
