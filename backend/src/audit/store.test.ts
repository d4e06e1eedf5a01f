import { eachDatabase } from '../../../test/support/databases.ts'
import { describeAuditStore } from './store.contract.ts'
import { createAuditStore } from './store.sql.ts'

eachDatabase((name, open) => {
  describeAuditStore(name, async () => {
    const opened = await open()
    return {
      store: createAuditStore(opened.db),
      other: createAuditStore(opened.other),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    }
  })
})
