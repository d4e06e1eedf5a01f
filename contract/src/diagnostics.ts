import { z } from 'zod'
import { id, instant, page, pageQuery, slug } from './common.ts'
import { declare } from './operation.ts'

/** `local` is the source, in development; `remote` what is installed. */
export const specifierKind = z.enum(['local', 'remote'])
/** Whether the module did not load, or a page of it threw. */
export const failureStage = z.enum(['load', 'render'])

/** A failure of a toolkit's user interface. The same cause again is counted, not listed again. */
export const loadFailure = z.object({
  id,
  toolkit: z.string(),
  /** Of the toolkit when it was seen last. */
  version: z.string(),
  specifier: specifierKind,
  stage: failureStage,
  /** Where the module was, without a query. */
  url: z.string(),
  /** `Failed to load toolkit UI for <slug>`. */
  message: z.string(),
  /** Verbatim, but without control characters, and cut when it is very long. */
  cause: z.string(),
  count: z.number().int(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  lastSeenBy: z.object({ name: z.string(), browser: z.string() }),
})
export type LoadFailure = z.infer<typeof loadFailure>

export const reportLoadFailure = declare({
  id: 'diagnostics.reportLoadFailure',
  title: "Report that a toolkit's user interface failed",
  description: 'The web app reports what it could not load or show. The same cause again is counted.',
  method: 'POST',
  path: '/diagnostics/load-failures',
  access: 'toolkit.user',
  effect: 'write',
  input: z.strictObject({
    slug,
    specifier: specifierKind,
    stage: failureStage,
    url: z.string().max(2000),
    cause: z.string().min(1).max(20_000),
    browser: z.string().max(1000).default(''),
  }),
  output: z.object({ failure: loadFailure }),
})

export const listLoadFailures = declare({
  id: 'diagnostics.list',
  title: "List failures of toolkits' user interfaces",
  description: 'The one seen last comes first. The 500 seen last are kept.',
  method: 'GET',
  path: '/diagnostics/load-failures',
  access: 'toolkit.curator',
  effect: 'read',
  input: z.strictObject({ toolkit: slug.optional(), ...pageQuery }),
  output: page(loadFailure),
})

/** What the control plane finds where a specifier leads. */
export const specifierReport = z.object({
  kind: specifierKind,
  /** The path that browsers ask for, or the file on the server; null when there is none. */
  place: z.string().nullable(),
  reachable: z.boolean(),
  /** What the control plane answers to a browser; null for what it does not serve. */
  status: z.number().int().nullable(),
  contentType: z.string().nullable(),
  bytes: z.number().int().nullable(),
  digest: z.string().nullable().describe('SHA-256, hexadecimal'),
  exports: z.array(z.string()).nullable().describe('null when it is no ES module'),
  problem: z.string().nullable().describe('what is wrong, and what to do next'),
})
export type SpecifierReport = z.infer<typeof specifierReport>

export const compareSpecifiers = declare({
  id: 'diagnostics.compareSpecifiers',
  title: "Compare the specifiers of a toolkit's user interface",
  description:
    'What was built last where the toolkit came from (`local`) beside what browsers are given (`remote`). No code of it runs.',
  method: 'GET',
  path: '/diagnostics/specifiers/:slug',
  access: 'toolkit.curator',
  effect: 'read',
  input: z.strictObject({ slug }),
  output: z.object({
    toolkit: z.string(),
    version: z.string(),
    local: specifierReport,
    remote: specifierReport,
    /** Null when one of the two is not there. */
    same: z.boolean().nullable(),
    findings: z.array(z.string()).describe('in words, with what to do next; empty when all is well'),
  }),
})

export const diagnosticsOperations = [reportLoadFailure, listLoadFailures, compareSpecifiers] as const
