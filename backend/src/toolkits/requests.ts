import { z } from 'zod'
import { ToolboxError } from '../kernel/errors.ts'
import { callOperation } from './call-operation.ts'
import { checkParams } from './check-params.ts'
import type { Mask } from './mask.ts'
import type { Egress, HostServices, SecretReader } from './ports.ts'
import { secretReference } from './schemas.ts'
import type { ToolkitSettings } from './settings.ts'
import { type Storage, storeMethods } from './storage.ts'
import type { Toolkit } from './toolkit.ts'

export interface RequestsDeps {
  readonly storage: Storage
  readonly secrets: SecretReader
  readonly egress: Egress
  readonly settings: ToolkitSettings
}

/** On whose behalf toolkit code asks. */
export interface Requester {
  run(operationId: string, input: unknown, signal: AbortSignal): Promise<unknown>
}

type Request = HostServices['request']

const secretParams = z.strictObject({ reference: z.string().regex(secretReference) })
const callParams = z.strictObject({
  operation: z.string().max(128),
  input: z.record(z.string(), z.unknown()),
})
const fetchParams = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(8192),
  method: z.string().regex(/^[A-Z]{1,20}$/),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
  timeoutMs: z.number().int().min(1).max(600_000),
  maxBodyBytes: z
    .number()
    .int()
    .min(0)
    .max(16 * 1024 ** 2),
  maxRedirects: z.number().int().min(0).max(20),
  freshConnection: z.boolean(),
})

/**
 * Answers what a toolkit's code asks for, within what its manifest was granted. The code is not trusted to have come
 * by the SDK, so every parameter is checked. Secrets that it is given are masked in whatever it keeps.
 */
export function answerRequests(
  deps: RequestsDeps,
  toolkit: Toolkit,
  requester: Requester,
  mask: Mask,
): Request {
  const { permissions = {} } = toolkit.manifest
  return async (method, params, signal) => {
    if (method === 'fetch') {
      const request = checkParams(fetchParams, params)
      return deps.egress.request({ ...request, allowed: permissions.network ?? [] }, signal)
    }
    if (method === 'call') {
      const { operation, input } = checkParams(callParams, params)
      return callOperation(toolkit, requester, operation, input, signal)
    }
    if (method === 'secrets.get') {
      const { reference } = checkParams(secretParams, params)
      const value = await readSecret(deps, toolkit, reference)
      mask.add(value)
      return { value }
    }
    const store = storeMethods[method as keyof typeof storeMethods]
    if (store && Object.hasOwn(storeMethods, method))
      return store(deps.storage, toolkit.slug, mask.hideWithin(params))
    throw new ToolboxError('not_found', `A toolkit can't ask for ${method}.`)
  }
}

async function readSecret(
  { secrets, settings }: RequestsDeps,
  toolkit: Toolkit,
  reference: string,
): Promise<string> {
  const [, name = '', field = ''] = secretReference.exec(reference) ?? []
  const declared = toolkit.manifest.permissions?.secrets ?? []
  if (!declared.includes(name) && !settings.secretNames(toolkit).has(name)) {
    throw new ToolboxError(
      'role_missing',
      `${toolkit.slug} may not read the secret ${name}: list it under permissions.secrets in its manifest, or name it in its settings.`,
    )
  }
  return secrets.read(name, field)
}
