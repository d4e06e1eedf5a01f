import { ToolboxError, toToolboxError } from '../../kernel/errors.ts'

/** What fastify refuses before an operation is reached, in the product's own words. */
export function fromFramework(thrown: unknown, bodyLimitBytes: number): ToolboxError {
  if (thrown instanceof ToolboxError || !isFrameworkError(thrown)) return toToolboxError(thrown)
  switch (thrown.code) {
    case 'FST_ERR_BAD_URL':
      return invalid(
        'The path has percent-encoding that is not valid. Encode it as UTF-8, each byte as % and two hexadecimal digits.',
      )
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ToolboxError('too_large', 'A part of the path is too long. Check the id in it.')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ToolboxError('too_large', `The body may have at most ${bodyLimitBytes} bytes. Send less.`)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ToolboxError(
        'unsupported_media_type',
        'Send the body as JSON, with `Content-Type: application/json`.',
      )
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return invalid('The body is not as long as Content-Length says. Send it again, whole.')
    default:
      return thrown.statusCode < 500
        ? invalid(`The request can't be read: ${thrown.message}`)
        : toToolboxError(thrown)
  }
}

function invalid(message: string): ToolboxError {
  return new ToolboxError('validation_failed', message)
}

function isFrameworkError(thrown: unknown): thrown is Error & { code: string; statusCode: number } {
  return thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
}
