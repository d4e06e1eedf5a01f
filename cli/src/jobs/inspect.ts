import { inspectJob } from '@sre-toolbox/contract/jobs'
import type { Command } from 'commander'
import { apiCommand, parseJobId } from '../api-options.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { renderValue } from '../value.ts'
import { show } from '../view.ts'

export function createInspectCommand(context: Context): Command {
  return apiCommand('inspect', 'Ask the broker itself what it knows of a job.')
    .argument('<job-id>', 'the job', parseJobId)
    .action(async (jobId: string, options: ApiOptions) => {
      const client = await connect(context, options)
      const answer = await client.call(inspectJob, { jobId })
      show(context, options, answer, (view) => renderValue(answer, view))
    })
}
