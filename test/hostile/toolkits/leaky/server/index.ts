import { defineOperation, defineToolkit, OperationError, type ToolkitContext } from '@sre-toolbox/sdk'

async function leak(_input: unknown, { settings, secrets, log, progress }: ToolkitContext): Promise<never> {
  const secret = await secrets.get(String(settings.credential))
  log.info(`the secret is ${secret}`)
  progress({ percent: 50, message: `half of ${secret}` })
  process.stdout.write(`printed ${secret}\n`)
  process.stderr.write(`complained about ${secret}\n`)
  await log.flush()
  throw new OperationError('leaked', `failed over ${secret}`)
}

export default defineToolkit({
  operations: {
    leak: defineOperation(leak),
    sign: defineOperation(() => {
      throw new OperationError('not_signed', 'The passphrase does not open the key.')
    }),
  },
})
