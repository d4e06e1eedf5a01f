import { explainServerError } from './explain-error.ts'

interface Overrides {
  readonly port?: number | undefined
  readonly host?: string | undefined
  readonly dataDirectory?: string | undefined
  readonly roles?: readonly string[] | undefined
}

/** Runs the server in this process until it is stopped. */
export async function runServer(overrides: Overrides): Promise<void> {
  const { serve } = await import('@sre-toolbox/backend/main')
  await serve(overrides).catch((error: unknown) => {
    throw explainServerError(error)
  })
}
