import { Command } from 'commander'
import type { Context } from '../context.ts'
import { createInspectCommand } from '../jobs/inspect.ts'
import { createListCommand } from '../jobs/list.ts'
import { createLogsCommand } from '../jobs/logs.ts'
import { createShowCommand } from '../jobs/show.ts'
import { createCancelCommand, createRetryCommand } from '../jobs/steer.ts'

export function createJobsCommand(context: Context): Command {
  return new Command('jobs')
    .description('List, show, follow, cancel, retry and inspect jobs.')
    .addCommand(createListCommand(context))
    .addCommand(createShowCommand(context))
    .addCommand(createLogsCommand(context))
    .addCommand(createCancelCommand(context))
    .addCommand(createRetryCommand(context))
    .addCommand(createInspectCommand(context))
}
