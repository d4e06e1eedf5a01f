import * as contract from '@sre-toolbox/contract/schedules'
import { bind, type Operation, redacted } from '../kernel/operation.ts'
import type { Offers } from './ports.ts'
import type { Schedules } from './schedules.ts'

/** Binds the contract's schedule operations to their use cases. */
export function createScheduleOperations(schedules: Schedules, offers: Offers): Operation[] {
  /** The input of another operation is hidden as that operation says. */
  const hideInput = (operation: Operation): Operation => ({
    ...operation,
    redact: (input) => redactInput(offers, input),
  })

  return [
    bind(contract.listSchedules, ({ cursor, limit, paused, ...filter }) =>
      schedules.list(
        { ...filter, paused: paused === undefined ? undefined : paused === 'true' },
        { cursor, limit },
      ),
    ),
    bind(contract.getSchedule, async ({ scheduleId }) => ({ schedule: await schedules.get(scheduleId) })),
    bind(contract.previewSchedule, ({ timing }) => schedules.preview(timing)),
    hideInput(
      bind(contract.createSchedule, async (definition, { caller, note }) => {
        const schedule = await schedules.create(caller, definition)
        note(`Schedule ${schedule.id}.`)
        return { schedule }
      }),
    ),
    hideInput(
      bind(contract.updateSchedule, async ({ scheduleId, ifMatch, ...definition }, { caller }) => ({
        schedule: await schedules.update(caller, scheduleId, definition, ifMatch),
      })),
    ),
    bind(contract.pauseSchedule, async ({ scheduleId, reason }, { caller, note }) => {
      const schedule = await schedules.pause(scheduleId, caller.name, reason ?? null)
      note(reason ?? 'no reason given')
      return { schedule }
    }),
    bind(contract.resumeSchedule, async ({ scheduleId, reason }, { caller, note }) => {
      const schedule = await schedules.resume(caller, scheduleId)
      note(reason ?? 'no reason given')
      return { schedule }
    }),
    bind(contract.removeSchedule, async ({ scheduleId, reason }, { note }) => {
      await schedules.remove(scheduleId)
      note(reason ?? 'no reason given')
      return {}
    }),
  ]
}

function redactInput(offers: Offers, given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('input' in given)) return given
  const { toolkit, operation } = given as { toolkit?: unknown; operation?: unknown }
  const offer = offers.find(String(toolkit), String(operation))
  return { ...given, input: offer ? offer.operation.redact(given.input) : redacted }
}
