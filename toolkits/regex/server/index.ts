import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'
import { type ExplainInput, explain } from './explain.ts'
import { type MatchInput, match } from './match.ts'
import { type ReplaceInput, replace } from './replace.ts'

export default defineToolkit({
  operations: {
    match: defineOperation((input: MatchInput) => match(input)),
    replace: defineOperation((input: ReplaceInput) => replace(input)),
    explain: defineOperation((input: ExplainInput) => explain(input)),
  },
})
