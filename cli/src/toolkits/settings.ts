import { getToolkitSettings, putToolkitSettings } from '@sre-toolbox/contract/toolkits'
import type { Command } from 'commander'
import { apiCommand, collect } from '../api-options.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { readAssignments, readInput } from '../read-input.ts'
import { takesText } from '../toolkit-operation.ts'
import { renderValue } from '../value.ts'
import { show, type View } from '../view.ts'

interface Options extends ApiOptions {
  readonly input?: string
  readonly set?: readonly string[]
}

export function createSettingsCommand(context: Context): Command {
  return apiCommand('settings', "Show a toolkit's settings, or change them.")
    .argument('<slug>', 'the toolkit')
    .option('--input <json>', 'all settings anew: JSON, @file, or - for standard input')
    .option('--set <key=value>', 'change one setting, keep the others; may be repeated', collect)
    .action(async (slug: string, options: Options) => {
      const client = await connect(context, options)
      const before = await client.call(getToolkitSettings, { slug })
      if (options.input === undefined && options.set === undefined) {
        return show(context, options, before, (view) => renderSettings(before, view))
      }
      const base = options.input === undefined ? before.settings : await readInput(context, options.input)
      const changes = readAssignments(options.set ?? [], (field) => takesText(before.schema, field))
      // With the version it was read at, a change that someone else made meanwhile is not lost.
      const answer = await client.call(putToolkitSettings, {
        slug,
        settings: { ...base, ...changes },
        ifMatch: String(before.version),
      })
      show(context, options, answer, (view) => renderValue(answer.settings, view))
    })
}

function renderSettings(
  { settings, schema }: { settings: Record<string, unknown>; schema: unknown },
  view: View,
): string {
  if (Object.keys(settings).length > 0) return renderValue(settings, view)
  const known = Object.keys((schema as { properties?: object } | null)?.properties ?? {})
  return known.length === 0
    ? 'This toolkit has no settings.'
    : `Nothing is set. It takes ${known.join(', ')}: change one with --set, or all with --input.`
}
