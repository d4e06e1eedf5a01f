import { z } from 'zod'

// The part of SARIF 2.1.0 (OASIS, sections 3.13 to 3.52) that is written here, as strictly as the standard has it.
const message = z.strictObject({ text: z.string().min(1) })
const physicalLocation = z.strictObject({
  artifactLocation: z.strictObject({
    // A relative reference (RFC 3986): no scheme, no leading slash, no blanks.
    uri: z.string().regex(/^(?!\/)(?![A-Za-z][A-Za-z0-9+.-]*:)[^\s\\"<>^`{|}]+$/),
    uriBaseId: z.string(),
  }),
  region: z.strictObject({ startLine: z.number().int().min(1), startColumn: z.number().int().min(1) }),
})
const rule = z.strictObject({ id: z.string().min(1), shortDescription: message, help: message })
const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.number().int().min(0),
  level: z.enum(['none', 'note', 'warning', 'error']),
  message,
  locations: z.array(z.strictObject({ physicalLocation })).min(1),
})

export const sarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({ driver: z.strictObject({ name: z.string().min(1), rules: z.array(rule) }) }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        results: z.array(result),
      }),
    )
    .min(1),
})
