import { createHash } from 'node:crypto'
import type { OutputOf } from '@sre-toolbox/contract'
import type { compareSpecifiers, SpecifierReport } from '@sre-toolbox/contract/diagnostics'
import { contentTypeOf } from '../kernel/content-types.ts'
import { toToolboxError } from '../kernel/errors.ts'
import { exportsOf } from './module-exports.ts'
import type { ToolkitUis } from './ports.ts'

type Comparison = OutputOf<typeof compareSpecifiers>

/** Looks at both places of a toolkit's user interface without running any of it. */
export function createCompareSpecifiers(uis: ToolkitUis): (slug: string) => Promise<Comparison> {
  return async (slug) => {
    const { version, local, remote } = uis.get(slug)
    const [localReport, remoteReport] = await Promise.all([
      report('local', local, 'Build it (vite build).'),
      report('remote', remote, 'Build the interface of the toolkit and install it again.'),
    ])
    const comparable = localReport.digest !== null && remoteReport.digest !== null
    const same = comparable ? localReport.digest === remoteReport.digest : null
    return {
      toolkit: slug,
      version,
      local: localReport,
      remote: remoteReport,
      same,
      findings: [
        ...[localReport, remoteReport].flatMap(({ kind, problem }) =>
          problem ? [`${kind}: ${problem}`] : [],
        ),
        ...(same === false
          ? ['What was built last is not what browsers are given: restart, or install it, to bring it in.']
          : []),
      ],
    }
  }
}

async function report(
  kind: SpecifierReport['kind'],
  place: ReturnType<ToolkitUis['get']>['local'],
  remedy: string,
): Promise<SpecifierReport> {
  const nothing = { contentType: null, bytes: null, digest: null, exports: null }
  if (place === null) {
    return {
      kind,
      place: null,
      reachable: false,
      status: null,
      ...nothing,
      problem: 'The manifest names no user interface (`ui`).',
    }
  }
  try {
    const content = await place.read()
    const read = await exportsOf(content.toString())
    return {
      kind,
      place: place.name,
      reachable: true,
      status: kind === 'remote' ? 200 : null,
      contentType: contentTypeOf(place.name),
      bytes: content.length,
      digest: createHash('sha256').update(content).digest('hex'),
      ...judge(read, remedy),
    }
  } catch (thrown) {
    const error = toToolboxError(thrown)
    return {
      kind,
      place: place.name,
      reachable: false,
      status: kind === 'remote' ? error.status : null,
      ...nothing,
      problem: error.message,
    }
  }
}

function judge(read: Awaited<ReturnType<typeof exportsOf>>, remedy: string) {
  if (!read.ok) return { exports: null, problem: `It is no ES module: ${read.fault}. ${remedy}` }
  const { names } = read
  if (names.includes('toolkitUi')) return { exports: names, problem: null }
  const said = names.length > 0 ? `It exports ${names.join(', ')}` : 'It exports nothing'
  return {
    exports: names,
    problem: `${said}, and no toolkitUi. Export \`toolkitUi = defineToolkitUi({ … })\`.`,
  }
}
