import { eachDatabase } from '../../../test/support/databases.ts'
import { describeScheduleStore } from './store.contract.ts'
import { createScheduleStore } from './store.sql.ts'

eachDatabase((name, open) =>
  describeScheduleStore(name, async () => {
    const opened = await open()
    return {
      store: createScheduleStore(opened.db),
      other: createScheduleStore(opened.other),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    }
  }),
)
