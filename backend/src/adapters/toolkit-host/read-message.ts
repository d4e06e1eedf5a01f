import type { HostLogLine, HostProgress } from '../../toolkits/ports.ts'
import type { FromHost, LogLevel } from './messages.ts'

/** A message as it is promised, or an error that names what is wrong: the sender may be hostile. */
export function readMessage(value: unknown): FromHost {
  if (!isRecord(value) || typeof value.type !== 'string')
    throw new Error('it sent something that is no message')
  const isWhole = checks[value.type as FromHost['type']]
  if (!isWhole?.(value)) throw new Error(`it sent a malformed "${value.type.slice(0, 40)}" message`)
  return value as FromHost
}

type Fields = Readonly<Record<string, unknown>>

const checks: Readonly<Record<FromHost['type'], (fields: Fields) => boolean>> = {
  loaded: ({ operations }) => Array.isArray(operations) && operations.every((id) => typeof id === 'string'),
  unloadable: ({ message }) => typeof message === 'string',
  log: ({ call, bytes, lines }) =>
    isCount(call) && isCount(bytes) && Array.isArray(lines) && lines.every((line) => isLine(line)),
  progress: ({ call, update }) => isCount(call) && isRecord(update),
  request: ({ call, request, method }) => isCount(call) && isCount(request) && typeof method === 'string',
  forget: ({ call, request }) => isCount(call) && isCount(request),
  succeeded: ({ call }) => isCount(call),
  failed: ({ call, code, message }) =>
    isCount(call) && typeof code === 'string' && typeof message === 'string',
  crashed: ({ message }) => typeof message === 'string',
  pong: () => true,
}

function isLine(line: unknown): boolean {
  return (
    Array.isArray(line) && Number.isSafeInteger(line[0]) && isLevel(line[1]) && typeof line[2] === 'string'
  )
}

export function toLogLines(lines: Extract<FromHost, { type: 'log' }>['lines']): HostLogLine[] {
  return lines.map(([at, level, text]) => ({ at, level, text }))
}

const longestText = 2000
const mostSteps = 200
const stepStatuses = ['pending', 'running', 'succeeded', 'failed', 'skipped'] as const

/** What of a progress report is usable; the rest is left out. */
export function toProgress(update: Fields): HostProgress {
  const { percent, message, done, total, unit, steps } = update
  return {
    ...(isFiniteNumber(percent) && { percent: Math.min(100, Math.max(0, percent)) }),
    ...(typeof message === 'string' && { message: message.slice(0, longestText) }),
    ...(isFiniteNumber(done) && { done }),
    ...(isFiniteNumber(total) && { total }),
    ...(typeof unit === 'string' && { unit: unit.slice(0, 100) }),
    ...(Array.isArray(steps) && { steps: steps.slice(0, mostSteps).flatMap(toStep) }),
  }
}

function toStep(step: unknown): NonNullable<HostProgress['steps']>[number][] {
  if (!isRecord(step) || typeof step.id !== 'string' || typeof step.title !== 'string') return []
  const status = stepStatuses.find((known) => known === step.status)
  if (!status) return []
  return [{ id: step.id.slice(0, 200), title: step.title.slice(0, 200), status }]
}

function isLevel(level: unknown): level is LogLevel {
  return level === 'debug' || level === 'info' || level === 'warn' || level === 'error'
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
