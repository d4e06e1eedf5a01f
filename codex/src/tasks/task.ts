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

/**
 * `{{inputs.jobId}}` is an input, `{{steps.list.items.0.id}}` a part of what an earlier step answered,
 * `{{evidence.failed}}` something captured, `{{errors.show}}` what a step was told that may fail, `{{each.id}}` the
 * item at hand.
 */
const template = z
  .string()
  .regex(
    /\{\{(inputs|steps|evidence|errors|each)\.[A-Za-z0-9_.]+\}\}/,
    'a place such as {{steps.list.items}}',
  )

const plain = z.union([z.string(), z.number(), z.boolean()])

/** Exactly one of the comparisons. Texts in them may be templates. */
const condition = z
  .strictObject({
    value: template,
    is: plain.optional(),
    isNot: plain.optional(),
    oneOf: z.array(z.string()).min(1).optional(),
    contains: z.string().optional(),
    exists: z.boolean().optional(),
    /** A list, every item of which has all of these. An empty list fits. */
    eachHas: z.array(z.string()).min(1).optional(),
  })
  .refine(
    (each) => Object.keys(each).length === 2,
    'write `value` and one of is, isNot, oneOf, contains, exists, eachHas',
  )

/** What goes into the report: a part of the answer, of a list only the items that fit, of those only some fields. */
const capture = z.strictObject({
  name,
  from: template,
  /** Items whose fields have this value, or one of these values. */
  where: z.record(z.string(), z.unknown()).optional(),
  /** Names of fields, or new names with the place of each. */
  pick: z.union([z.array(z.string()), z.record(name, z.string())]).optional(),
})

const step = z
  .strictObject({
    id: name,
    title: z.string().min(1),
    /** The id of a core operation; in a toolkit's task of one of its own, too. */
    operation: z.string().regex(/^[a-z0-9][A-Za-z0-9_-]*\.[a-z][A-Za-z0-9_-]*$/, 'the id of an operation'),
    input: z.record(z.string(), z.unknown()).default({}),
    /** The step is taken only if all hold. */
    when: z.array(condition).default([]),
    /** A list: the operation is called once for each item; what it answers is a list of `{ each, answer }`. */
    forEach: template.optional(),
    /** Asked again until all hold; only for what reads. */
    until: z.array(condition).min(1).optional(),
    /** For how many seconds at most; a number or a place. */
    within: z.union([z.number().positive(), template]).optional(),
    /** The run goes on when this is refused or fails; what it was told is in the report. */
    mayFail: z.boolean().default(false),
    /** What a person is asked before the step is taken. */
    confirm: z.string().optional(),
    /** What must hold of the answer. */
    expect: z.array(condition).default([]),
    capture: z.array(capture).default([]),
  })
  .refine(
    (each) => !each.until || (!each.confirm && !each.forEach),
    '`until` goes with neither confirm nor forEach',
  )
  .refine((each) => !each.within || each.until, '`within` goes with `until`')

/**
 * A sentence, and what must hold for it to be true; with `when`, only for the runs that it speaks of. A sentence alone
 * is for people to judge.
 */
const criterion = z.union([
  z
    .string()
    .min(1)
    .transform((text) => ({ text, when: [], holds: [] })),
  z.strictObject({
    text: z.string().min(1),
    when: z.array(condition).default([]),
    holds: z.array(condition).min(1),
  }),
])

export const taskDefinition = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lowercase letters, digits and single hyphens'),
  title: z.string().min(1),
  group: z.enum(['monitoring', 'toolkits', 'access', 'documentation', 'diagnostics']),
  persona: z.string(),
  /** The operator's journey: the pages on which a person would do the same. */
  routes: z.array(z.string().startsWith('/')).min(1),
  inputs: z.record(name, input).default({}),
  steps: z.array(step).min(1),
  success: z.array(criterion).min(1),
  /** What to do instead when the role is missing or it can't be done here. */
  fallback: z.string().min(1).optional(),
  /** For a task that someone added: what it came with. The files must exist. */
  origin: origin.optional(),
})

export type TaskDefinition = z.infer<typeof taskDefinition>
export type TaskStep = TaskDefinition['steps'][number]
export type TaskInput = TaskDefinition['inputs'][string]
export type Condition = z.infer<typeof condition>
export type Capture = z.infer<typeof capture>
