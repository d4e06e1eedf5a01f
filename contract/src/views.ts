import { z } from 'zod'
import { empty, id, instant } from './common.ts'
import { declare } from './operation.ts'

/** Lists of the web app whose filters can be kept under a name. */
export const viewLists = ['jobs', 'audit', 'schedules'] as const

export const view = z.object({
  id,
  list: z.enum(viewLists),
  name: z.string(),
  query: z.string().describe('the filters as in the URL of the list, without `?`'),
  changedAt: instant,
})
export type View = z.infer<typeof view>

export const listViews = declare({
  id: 'views.list',
  title: 'List my saved views',
  method: 'GET',
  path: '/views',
  access: 'signed-in',
  effect: 'read',
  input: empty,
  output: z.object({ items: z.array(view), nextCursor: z.null() }),
})

export const putView = declare({
  id: 'views.put',
  title: 'Save a view',
  description: 'A view of mine of the same list and name is replaced.',
  method: 'PUT',
  path: '/views',
  access: 'signed-in',
  effect: 'write',
  input: z.strictObject({
    list: z.enum(viewLists),
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
    query: z
      .string()
      .max(2000)
      .regex(/^[^\s?#]*$/, 'the part of a URL after `?`'),
  }),
  output: z.object({ view }),
})

export const removeView = declare({
  id: 'views.remove',
  title: 'Remove a saved view',
  method: 'DELETE',
  path: '/views/:viewId',
  access: 'signed-in',
  effect: 'write',
  input: z.strictObject({ viewId: id }),
  output: empty,
})

export const viewOperations = [listViews, putView, removeView] as const
