import type { Writable } from '../yaml/render.ts'

/** Values to set by key; `undefined` removes the key. */
export type Changes = { readonly [key: string]: Writable | undefined }

/** A new task or area: `id` and whatever else it says from the start. */
export type NewItem = { readonly id: string; readonly [key: string]: Writable }

/** A change to a backlog. Tasks are named by `area/task`, or by their bare id where that is unique. */
export type Edit =
  /** Keys beside `areas`. */
  | { kind: 'setRoot'; set: Changes }
  /** `was` holds values that the writer saw: if one of them is another by now, the edit is refused. */
  | { kind: 'setTask'; task: string; set: Changes; was?: Changes }
  | { kind: 'setArea'; area: string; set: Changes }
  | { kind: 'addArea'; area: NewItem }
  | { kind: 'addTask'; area: string; task: NewItem }
  | { kind: 'removeTask'; task: string }
  /** Puts a task before another of its area, or of the area `to`; at the end without `before`. */
  | { kind: 'moveTask'; task: string; before?: string; to?: string }
