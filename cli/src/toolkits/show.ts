import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { renderTable } from '../table.ts'
import { printable } from '../text.ts'
import { renderValue } from '../value.ts'
import type { View } from '../view.ts'

export function renderToolkit(toolkit: ToolkitDetail, view: View): string {
  const { health, operationList, versions, hosts } = toolkit
  const manifest = toolkit.manifest as { permissions?: unknown } | null
  const facts = {
    name: toolkit.name,
    version: toolkit.version,
    state: toolkit.enabled
      ? 'enabled'
      : `disabled${toolkit.switched?.by ? ` by ${toolkit.switched.by}: ${toolkit.switched.why}` : ''}`,
    health: health.message ? `${health.status}: ${health.message}` : health.status,
    'checked at': health.checkedAt,
    permissions: manifest?.permissions ?? 'none',
  }
  const sections = [
    `${view.style('bold', toolkit.slug)}  ${printable(toolkit.description)}`,
    renderValue(facts, view),
    section('Operations', renderOperations(operationList, toolkit.slug, view), view),
    section('Versions', renderValue(versions, view), view),
  ]
  if (hosts.length > 0) sections.push(section('Processes', renderValue(hosts, view), view))
  return sections.join('\n\n')
}

function renderOperations(operations: ToolkitDetail['operationList'], slug: string, view: View): string {
  if (operations.length === 0) return `${slug} offers none.`
  return renderTable(
    operations,
    [
      { title: 'OPERATION', cell: (operation) => printable(operation.id) },
      { title: 'MODE', cell: (operation) => operation.mode },
      { title: 'EFFECT', cell: (operation) => operation.effect },
      { title: 'NEEDS', cell: (operation) => operation.role },
      { title: 'WHAT', cell: (operation) => printable(operation.title) },
    ],
    view,
  )
}

function section(title: string, body: string, view: View): string {
  return `${view.style('bold', title)}\n${body.replace(/^(?=.)/gm, '  ')}`
}
