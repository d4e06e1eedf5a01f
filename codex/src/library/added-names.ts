import { z } from 'zod'
import { persona } from '../personas/persona.ts'
import { taskDefinition } from '../tasks/task.ts'

const addedName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*\.[a-z0-9]+(-[a-z0-9]+)*$/, "the toolkit's slug, a dot and a name")
  .max(130)
const operation = z.string().regex(/^[A-Za-z0-9_-]+\.(\*|[A-Za-z0-9_-]+)$/, 'the id of an operation')

/** A task that a toolkit adds: no other name holds a dot, so that it can stand in the place of none. */
export const addedTask = taskDefinition.extend({ slug: addedName })

export const addedPersona = persona.extend({ slug: addedName, operations: z.array(operation).min(1) })
