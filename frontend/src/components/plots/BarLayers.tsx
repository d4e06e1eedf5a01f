import type { Tone } from '../../lib/job-status.ts'
import { plotHeight, stepWidth, yAt } from './TimePlot.tsx'

export interface Layer {
  readonly tone: Tone
  /** Its part of each bar. */
  readonly values: readonly number[]
}

/** A bar for each step, as high as its share of `most`, the first layer below. Goes into a `TimePlot`. */
export function BarLayers({ layers, most }: { layers: readonly Layer[]; most: number }) {
  const steps = layers[0]?.values.length ?? 0
  const gap = steps > 80 ? 1 : 2
  return layers.map(({ tone, values }, layer) => (
    <path
      key={tone}
      className={`plot-${tone}`}
      d={values
        .map((value, step) => {
          const below = layers.slice(0, layer).reduce((sum, lower) => sum + (lower.values[step] ?? 0), 0)
          const height = (value / most) * plotHeight
          const left = step * stepWidth + gap / 2
          const right = left + stepWidth - gap
          return value === 0
            ? ''
            : `M${left},${yAt(below / most).toFixed(2)} v${(-height).toFixed(2)} H${right} v${height.toFixed(2)} Z`
        })
        .join('')}
    />
  ))
}
