import { pathToFileURL } from 'node:url'
import type { OperationDeclaration } from '@sre-toolbox/contract'
import type { Plugin } from 'vite'

/** Every file of the contract that declares operations. */
const contractFile = /\/contract\/src\/(?!common|index|nearest|operation|roles|web-routes)[a-z/-]+\.ts$/

/**
 * Gives the browser the contract as plain data: which method and path an operation has, which statuses there are, what
 * shape a name has. The schemas stay types, so no schema library is loaded.
 */
export function contractAsData(): Plugin {
  return {
    name: 'contract-as-data',
    enforce: 'pre',
    async load(id) {
      if (!contractFile.test(id)) return null
      const exported: Record<string, unknown> = await import(pathToFileURL(id).href)
      const statements = Object.entries(exported).flatMap(([name, value]) => {
        const data = isDeclaration(value) ? withoutSchemas(value) : isText(value) ? value : undefined
        return data ? [`export const ${name} = ${JSON.stringify(data)}`] : []
      })
      return statements.join('\n')
    },
  }
}

function isDeclaration(value: unknown): value is OperationDeclaration {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}

function isText(value: unknown): value is string | readonly string[] {
  return (
    typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  )
}

function withoutSchemas({ id, method, path, bodyField, headers }: OperationDeclaration) {
  return { id, method, path, bodyField, headers }
}
