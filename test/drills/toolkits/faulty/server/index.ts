import { defineOperation, defineToolkit, type ToolkitContext } from '@sre-toolbox/sdk'

function eatMemory(): never {
  const held: number[][] = []
  for (;;) held.push(Array.from({ length: 100_000 }, (_, index) => index))
}

function eatBuffers(): never {
  const held: Buffer[] = []
  for (;;) held.push(Buffer.alloc(16 * 1024 ** 2, 1))
}

function hang(): never {
  for (;;);
}

function flood(_input: unknown, { log }: ToolkitContext) {
  const line = 'flooded '.repeat(50)
  for (let index = 0; index < 200_000; index++) log.info(line)
  for (let index = 0; index < 20_000; index++) process.stdout.write(`${line}\n`)
  return {}
}

function throwLater() {
  return new Promise(() => {
    setTimeout(() => {
      throw new Error('thrown where nobody catches it')
    })
  })
}

export default defineToolkit({
  operations: {
    eatMemory: defineOperation(eatMemory),
    eatBuffers: defineOperation(eatBuffers),
    hang: defineOperation(hang),
    exit: defineOperation(() => process.exit(3)),
    killItself: defineOperation(() => process.kill(process.pid, 'SIGKILL')),
    throwLater: defineOperation(throwLater),
    flood: defineOperation(flood),
    fine: defineOperation(() => ({})),
  },
})
