import { formatCount, formatDuration } from '@sre-toolbox/sdk/ui'

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `toolkit-hosts` as `Toolkit hosts`, `oldestQueuedSeconds` as `Oldest queued`. */
export function inWords(name: string): string {
  const words = name
    .replace(/(Bytes|Count|Ms|Seconds|Ratio)$/, '')
    .replaceAll('-', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
  if (words === 'api') return 'API'
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A measure says its unit at the end of its name. */
export function formatOf(name: string): (value: number) => string {
  if (name.endsWith('Bytes') || name === 'bytes') return formatBytes
  if (name.endsWith('Ms')) return formatDuration
  if (name.endsWith('Seconds')) return (value) => formatDuration(value * 1000)
  if (name.endsWith('Ratio')) return (value) => `${(100 * value).toFixed(1)} %`
  return (value) => formatCount(Math.round(value * 10) / 10)
}

function formatBytes(value: number): string {
  const step = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10))
  return `${(value / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${byteUnits[step]}`
}
