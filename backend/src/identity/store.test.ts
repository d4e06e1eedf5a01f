import { eachDatabase } from '../../../test/support/databases.ts'
import { describeIdentityStore } from './store.contract.ts'
import { createIdentityStore } from './store.sql.ts'

eachDatabase((name, open) => {
  describeIdentityStore(name, async () => {
    const opened = await open()
    return {
      store: createIdentityStore(opened.db),
      other: createIdentityStore(opened.other),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    }
  })
})
