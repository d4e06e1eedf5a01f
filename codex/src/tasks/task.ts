import { z } from 'zod'
import { origin } from '../library/origin.ts'

const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name in camelCase')
const described = { description: z.string().min(1), required: z.boolean().default(true) }

/** What a task must be told before it begins. */
const input = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...described, default: z.string().optional() }),
  z.strictObject({
    type: z.literal('number'),
    ...described,
    default: z.number().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal('choice'),
    ...described,
    choices: z.array(z.string()).min(2),
    default: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('list'), ...described, default: z.array(z.string()).optional() }),
  /** A reference such as `secret:auth/okta#client_secret`: the value itself is never an input. */
  z.strictObject({ type: z.literal('secret'), ...described }),
])

/** `{{inputs.jobId}}` is an input, `{{steps.list.items.0.id}}` a part of what an earlier step answered. */
const template = z
  .string()
  .regex(/\{\{(inputs|steps)\.[A-Za-z0-9_.]+\}\}/, 'a place such as {{steps.list.items}}')

/** Exactly one of the comparisons. */
const condition = z
  .strictObject({
    value: template,
    is: z.union([z.string(), z.number(), z.boolean()]).optional(),
    oneOf: z.array(z.string()).min(1).optional(),
    contains: z.string().optional(),
    exists: z.boolean().optional(),
  })
  .refine((each) => Object.keys(each).length === 2, 'write `value` and one of is, oneOf, contains, exists')

const step = z.strictObject({
  id: name,
  title: z.string().min(1),
  /** The id of a core operation. */
  operation: z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/),
  input: z.record(z.string(), z.unknown()).default({}),
  /** The step is taken only if all hold. */
  when: z.array(condition).default([]),
  /** What a person is asked before the step is taken. */
  confirm: z.string().optional(),
  /** What must hold of the answer. */
  expect: z.array(condition).default([]),
  /** What goes into the report: a part of the answer, of a list only the items that fit, of those only some fields. */
  capture: z
    .array(
      z.strictObject({
        name,
        from: template,
        where: z.record(z.string(), z.unknown()).optional(),
        pick: z.array(z.string()).optional(),
      }),
    )
    .default([]),
})

export const taskDefinition = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lowercase letters, digits and single hyphens'),
  title: z.string().min(1),
  group: z.enum(['monitoring', 'toolkits', 'access', 'documentation', 'diagnostics']),
  persona: z.string(),
  /** The operator's journey: the pages on which a person would do the same. */
  routes: z.array(z.string().startsWith('/')).min(1),
  inputs: z.record(name, input).default({}),
  steps: z.array(step).min(1),
  success: z.array(z.string().min(1)).min(1),
  /** For a task that someone added: what it came with. The files must exist. */
  origin: origin.optional(),
})

export type TaskDefinition = z.infer<typeof taskDefinition>
export type TaskStep = TaskDefinition['steps'][number]
