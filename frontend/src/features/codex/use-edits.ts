import { notifications } from '@mantine/notifications'
import { type BacklogTask, editTask, moveTask, type TaskFields } from '@sre-toolbox/contract/codex/backlog'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiError } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { backlogQuery } from './codex-queries.ts'
import { type Backlog, fieldsOf, namesOf, only, type Place, withEdit, withPlace } from './edit-fields.ts'

/** A change that was made for something that is no longer so; nothing of it is lost. */
export interface Conflict {
  readonly task: BacklogTask
  readonly wanted: { readonly set: TaskFields } | { readonly place: Place }
  /** The task as it is now; null when it is gone. */
  readonly current: BacklogTask | null
  readonly message: string
}

/** Edits of the backlog: shown at once, taken back when the server refuses, kept as a conflict when others were faster. */
export function useEdits(workspaceId: string) {
  const { api, queries } = useApp()
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const { queryKey } = backlogQuery(api, workspaceId)

  async function show(change: (backlog: Backlog) => Backlog) {
    await queries.cancelQueries({ queryKey })
    const before = queries.getQueryData(queryKey)
    queries.setQueryData(queryKey, (backlog) => backlog && change(backlog))
    return { before }
  }
  function takeBack(error: Error, before: Backlog | undefined, made: Omit<Conflict, 'current' | 'message'>) {
    if (before) queries.setQueryData(queryKey, before)
    const details = error instanceof ApiError ? error.details : {}
    if (details.reason === 'changed_meanwhile')
      setConflict({ ...made, current: details.current as BacklogTask | null, message: error.message })
    else
      notifications.show({
        color: 'red',
        title: `${made.task.title} stays as it was`,
        message: error.message,
      })
  }
  const mutationKey = ['codex edits', workspaceId]
  const settle = {
    mutationKey,
    // While more is under way, what is read would not have it yet.
    onSettled: () =>
      queries.isMutating({ mutationKey }) === 1
        ? queries.invalidateQueries({ queryKey: ['codex'] })
        : undefined,
  }

  const edit = useMutation({
    mutationFn: ({ task, set }: { task: BacklogTask; set: TaskFields }) =>
      api.call(editTask, {
        workspaceId,
        area: task.area,
        task: task.id,
        set,
        was: only(fieldsOf(task), namesOf(set)),
      }),
    onMutate: ({ task, set }) => show((backlog) => withEdit(backlog, task.task, set)),
    onSuccess: () => setConflict(null),
    onError: (error, { task, set }, shown) => takeBack(error, shown?.before, { task, wanted: { set } }),
    ...settle,
  })
  // One move is often pressed right after another: what this page's own made of a version is no surprise to it.
  const madeOf = useRef(new Map<string, string>())
  const move = useMutation({
    scope: { id: `codex moves ${workspaceId}` },
    async mutationFn({ task, place, version }: { task: BacklogTask; place: Place; version: string }) {
      let ifVersion = version
      for (let next = madeOf.current.get(ifVersion); next; next = madeOf.current.get(next)) ifVersion = next
      const moved = await api.call(moveTask, {
        workspaceId,
        area: task.area,
        task: task.id,
        ...place,
        ifVersion,
      })
      // Down and up again is the version before: nothing comes after the newest one.
      madeOf.current.delete(moved.version)
      if (moved.version !== ifVersion) madeOf.current.set(ifVersion, moved.version)
      return moved
    },
    onMutate: ({ task, place }) => show((backlog) => withPlace(backlog, task, place)),
    onSuccess: () => setConflict(null),
    onError: (error, { task, place }, shown) => takeBack(error, shown?.before, { task, wanted: { place } }),
    ...settle,
  })
  /** With the backlog as it is by now. */
  async function moveAgain(task: BacklogTask, place: Place) {
    const { version } = await queries.fetchQuery({ ...backlogQuery(api, workspaceId), staleTime: 0 })
    move.mutate({ task, place, version })
  }
  return { edit, move, moveAgain, conflict, forget: () => setConflict(null) }
}

export type Edits = ReturnType<typeof useEdits>
