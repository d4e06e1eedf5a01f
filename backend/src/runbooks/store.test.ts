import { eachDatabase } from '../../../test/support/databases.ts'
import { describeRunStore } from './store.contract.ts'
import { createRunStore } from './store.sql.ts'

eachDatabase((name, open) =>
  describeRunStore(name, async () => {
    const opened = await open()
    return {
      store: createRunStore(opened.db),
      other: createRunStore(opened.other),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    }
  }),
)
