import type { GuardrailRule } from '../guardrails.ts'
import { callsOf, objectsIn } from './looks.ts'

/** Every quote in the evidence went through `documentation.verifyQuotes` and stands in the documentation. */
export const quotesVerified: GuardrailRule = (run) => {
  if (callsOf(run, (operation) => operation.startsWith('documentation.')).length === 0) return null
  const verdicts = callsOf(run, (operation) => operation === 'documentation.verifyQuotes')
  const verified = new Set(
    verdicts
      .flatMap(({ answer }) => objectsIn(answer))
      .filter(({ found }) => found === true)
      .map(({ text }) => text),
  )
  return quotesIn(run.report.evidence)
    .filter((quote) => !verified.has(quote))
    .map((quote) => `The quote “${quote}” was not found in the documentation.`)
}

/** Texts that come with the place where they are said to stand. */
function quotesIn(evidence: unknown): string[] {
  const quotes = objectsIn(evidence).flatMap(({ text, path, startLine }) =>
    typeof text === 'string' && path !== undefined && startLine !== undefined ? [text] : [],
  )
  return [...new Set(quotes)]
}
