import { expect, test } from 'vitest'
import type { Drill } from './drill.ts'

/** Holds the short form of a drill as a test. */
export function drillTest<Size>({ id, title, missing, short, run }: Drill<Size>): void {
  test.skipIf(missing?.() != null)(
    `${id}: ${title}`,
    async () => {
      const { faults } = await run(short)
      expect(faults).toEqual([])
    },
    // A drill that measures a time holds it against its target itself; a busy machine may take long for all the rest.
    240_000,
  )
}
