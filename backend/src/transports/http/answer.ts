import type { OperationDeclaration } from '@sre-toolbox/contract'
import type { FastifyReply } from 'fastify'
import { ZodString } from 'zod'
import type { RunResult } from '../../kernel/run-operation.ts'
import { createJsonText } from './json-text.ts'
import { checkOutput } from './output-check.ts'
import { respond, respondInChunks } from './respond.ts'

type Answer = (
  reply: FastifyReply,
  result: RunResult,
  input: Readonly<Record<string, unknown>>,
  setCookie: string | undefined,
) => number | Promise<number>

/** How the output of an operation is written: as JSON, or, where the contract promises a string, as a text file. */
export function createAnswer(declaration: OperationDeclaration, checkOutputs: boolean): Answer {
  return declaration.output instanceof ZodString
    ? createTextAnswer(declaration)
    : createJsonAnswer(declaration, checkOutputs)
}

function createJsonAnswer(declaration: OperationDeclaration, checkOutputs: boolean): Answer {
  const jsonText = createJsonText()
  return (reply, { output, jobId }, _input, setCookie) => {
    if (checkOutputs) checkOutput(declaration, output)
    const headers: Record<string, string> = {}
    if (setCookie !== undefined) headers['set-cookie'] = setCookie
    let status: number = declaration.status ?? 200
    if (jobId !== null) {
      headers.location = `/api/jobs/${jobId}`
      if (declaration.delegates) status = 202
    }
    respond(reply, status, 'application/json; charset=utf-8', jsonText(output), headers)
    return status
  }
}

const textTypes: Readonly<Record<string, string>> = { csv: 'text/csv', jsonl: 'application/jsonl' }

/** The output is a string or an iterable of strings; the input's `format` names the kind of file. */
function createTextAnswer(declaration: OperationDeclaration): Answer {
  const usualFormat: unknown = declaration.input.shape.format?.safeParse(undefined).data
  return async (reply, { output }, input) => {
    const format = String(input.format ?? usualFormat ?? 'txt')
    const contentType = `${textTypes[format] ?? 'text/plain'}; charset=utf-8`
    const name = declaration.id.replace('.', '-')
    const headers = { 'content-disposition': `attachment; filename="${name}.${format}"` }
    const chunks =
      typeof output === 'string' ? [output] : (output as Iterable<string> | AsyncIterable<string>)
    await respondInChunks(reply, contentType, chunks, headers)
    return 200
  }
}
