import type { ToolkitFact } from '@sre-toolbox/contract/codex-facts'
import type { Scene } from '../compose-prompt.ts'
import { bullets, code, oneLine, quoted } from './words.ts'

/** Where the agent works: the installation as it is, its toolkits, and the names that its environment has. */
export function environmentSection({ facts, granted }: Scene): string {
  const { tenant, toolkits, environment } = facts
  const names = Object.entries(meanings).filter(([name]) => environment.includes(name))
  return `## Environment\n\n${bullets([
    `Signed in by the API token in ${code('TOOLBOX_TOKEN')}, bound to the persona ${granted.slug}; ${code('TOOLBOX_URL')} names the installation. Never print the token.`,
    ...names.map(([name, meaning]) => `${code(name)}: ${meaning}`),
    ...(tenant
      ? [
          `Installation: SRE Toolbox ${tenant.version}, process roles ${tenant.processRoles.join(' and ')}, address ${tenant.address === null ? 'not set' : quoted(tenant.address)}.`,
        ]
      : ['Installation: not known to this prompt. Take it from the first answers.']),
    architecture(environment),
    ...(toolkits === null
      ? ['Toolkits: not known to this prompt. A toolkit counts as there once an operation has shown it.']
      : []),
    ...(toolkits?.length === 0 ? ['Toolkits: none is installed.'] : []),
    ...(toolkits ?? []).map(toolkitLine),
    ...(tenant?.notices ?? []).map((notice) => `Notice: ${quoted(notice)}`),
    ...(tenant?.degraded ?? []).map(
      ({ kind, name, status, message }) =>
        `Degraded: ${kind} ${name} is ${status}${message === null ? '' : `, saying ${quoted(oneLine(message))}`}.`,
    ),
    ...(tenant && tenant.degraded.length === 0
      ? ['Degraded signals: none when this prompt was composed.']
      : []),
  ])}`
}

function toolkitLine({ slug, version, enabled, health }: ToolkitFact): string {
  const state = enabled ? `enabled, health ${health.status}` : 'disabled: its operations are refused'
  return `Toolkit ${code(slug)} ${version}, ${state}.`
}

/** What answers and pages rest on, so that no behaviour is judged by a part that this product doesn't have. */
function architecture(environment: readonly string[]): string {
  const broker = environment.includes('REDIS_URL') ? 'its broker in the process itself or Redis' : 'no Redis'
  const secrets = environment.includes('VAULT_ADDR') ? 'its own or Vault' : 'its own, no Vault'
  return `The Toolbox runs on an HTTP API, a job engine (${broker}), a store of secrets (${secrets}), and the React App Shell (${code('AppShell.tsx')}), where ${code('ToolkitRenderer')} loads what toolkits bring.`
}

const meanings: Readonly<Record<string, string>> = {
  VITE_API_BASE_URL:
    "what stands before /api in the web app's requests, where a proxy serves it below another path; set at the build.",
  VITE_DEV_API_PROXY: 'which server the web app asks while it is developed.',
  FRONTEND_BASE_URL: 'where browsers reach the installation; links in reports begin with it.',
  TOOLKIT_STORAGE_DIR: "where toolkits' code lies on the server.",
}
