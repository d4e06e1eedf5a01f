import {
  disableToolkit,
  enableToolkit,
  getToolkit,
  listToolkits,
  type ToolkitSummary,
} from '@sre-toolbox/contract/toolkits'
import { Command } from 'commander'
import { apiCommand } from '../api-options.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { type Column, renderTable } from '../table.ts'
import { printable } from '../text.ts'
import { createSettingsCommand } from '../toolkits/settings.ts'
import { renderToolkit } from '../toolkits/show.ts'
import { show, type View } from '../view.ts'

export function createToolkitsCommand(context: Context): Command {
  return new Command('toolkits')
    .description('List, show, enable, disable and set up toolkits.')
    .addCommand(createListCommand(context))
    .addCommand(createShowCommand(context))
    .addCommand(createSwitchCommand(context, 'enable'))
    .addCommand(createSwitchCommand(context, 'disable'))
    .addCommand(createSettingsCommand(context))
}

function createListCommand(context: Context): Command {
  return apiCommand('list', 'List the toolkits that are installed.').action(async (options: ApiOptions) => {
    const client = await connect(context, options)
    const answer = await client.call(listToolkits, {})
    show(context, options, answer, (view) => renderToolkits(answer.items, view))
  })
}

function createShowCommand(context: Context): Command {
  return apiCommand('show', 'Show a toolkit: operations, versions, health, what it asks for.')
    .argument('<slug>', 'the toolkit')
    .action(async (slug: string, options: ApiOptions) => {
      const client = await connect(context, options)
      const answer = await client.call(getToolkit, { slug })
      show(context, options, answer, (view) => renderToolkit(answer.toolkit, view))
    })
}

interface SwitchOptions extends ApiOptions {
  readonly justification: string
}

function createSwitchCommand(context: Context, verb: 'enable' | 'disable'): Command {
  const summary =
    verb === 'enable'
      ? 'Enable a toolkit.'
      : 'Disable a toolkit: its operations are refused at once, running jobs finish.'
  return apiCommand(verb, summary)
    .argument('<slug>', 'the toolkit')
    .requiredOption('--justification <text>', 'why, for the audit log')
    .action(async (slug: string, options: SwitchOptions) => {
      const client = await connect(context, options)
      const declaration = verb === 'enable' ? enableToolkit : disableToolkit
      const answer = await client.call(declaration, { slug, justification: options.justification })
      show(context, options, answer, (view) => renderToolkits([answer.toolkit], view))
    })
}

function renderToolkits(toolkits: readonly ToolkitSummary[], view: View): string {
  if (toolkits.length === 0) return 'No toolkits are installed.'
  const columns: Column<ToolkitSummary>[] = [
    { title: 'SLUG', cell: (toolkit) => toolkit.slug },
    { title: 'VERSION', cell: (toolkit) => printable(toolkit.version) },
    {
      title: 'STATE',
      cell: (toolkit) => (toolkit.enabled ? '● enabled' : '○ disabled'),
      paint: (toolkit, text) => view.style(toolkit.enabled ? 'green' : 'yellow', text),
    },
    {
      title: 'HEALTH',
      cell: ({ health }) => (health.status === 'unknown' ? 'not checked' : health.status),
      paint: (toolkit, text) => view.style(healthColours[toolkit.health.status], text),
    },
    { title: 'OPERATIONS', align: 'right', cell: (toolkit) => String(toolkit.operations) },
    { title: 'WHAT', cell: (toolkit) => printable(toolkit.description).replaceAll(/\s+/g, ' ') },
  ]
  return renderTable(toolkits, columns, view)
}

const healthColours = { healthy: 'green', degraded: 'yellow', unhealthy: 'red', unknown: 'dim' } as const
