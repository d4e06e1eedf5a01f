import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { Jobs } from '../jobs/index.ts'
import { ToolboxError, toToolboxError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import { isOpen, settled } from './outcome.ts'
import type { ListedRun, RunStore } from './ports.ts'

export interface RunJournal {
  /** Tells the journal of the run's workspace what it came to, once; throws when the workspace refuses. */
  tell(
    run: Pick<ListedRun, 'id' | 'workspaceId' | 'requestedBy' | 'journalRefusal'>,
    report: RunReport,
  ): Promise<void>
  /** Tells of every run that has ended and is in no journal yet: what told it was cut off, or the workspace refused. */
  catchUp(jobs: Pick<Jobs, 'statuses'>): Promise<void>
}

const atOnce = 100

/**
 * A run's end is stored before its journal is told, and that it was told afterwards. Whatever happens in between, the
 * journal is told again, which does nothing where it has the run.
 */
export function createRunJournal(deps: {
  readonly store: RunStore
  /** Adds the report to the journal of a workspace, unless it is there. */
  readonly write: (workspaceId: string, actor: string, report: RunReport) => Promise<void>
  readonly logger: Logger
}): RunJournal {
  const { store, write, logger } = deps
  const complained = new Set<string>()

  const tell: RunJournal['tell'] = async ({ id, workspaceId, requestedBy, journalRefusal }, report) => {
    if (workspaceId === null) return
    try {
      await write(workspaceId, requestedBy.name, report)
    } catch (error) {
      const { message } = toToolboxError(error)
      if (message !== journalRefusal) await store.refused(id, message)
      throw error
    }
    await store.told(id)
  }

  async function tryToTell(run: ListedRun, report: RunReport): Promise<void> {
    try {
      await tell(run, report)
    } catch (error) {
      if (error instanceof ToolboxError && error.code === 'not_found') {
        // The workspace was forgotten, and with it its journal.
        await store.told(run.id)
        return
      }
      if (!complained.has(run.id))
        logger.warn({ error, runId: run.id }, 'the journal of a run could not be told; it is tried again')
      complained.add(run.id)
    }
  }

  return {
    tell,
    async catchUp(jobs) {
      for (let after: string | undefined; ; ) {
        const runs = await store.untold(after, atOnce)
        const statuses = await jobs.statuses(runs.map(({ id }) => id))
        for (const run of runs) {
          const report = settled(run.report, statuses.get(run.id) ?? null)
          if (!isOpen(report)) await tryToTell(run, report)
        }
        if (runs.length < atOnce) return
        after = runs.at(-1)?.id
      }
    },
  }
}
