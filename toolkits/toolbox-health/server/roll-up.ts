import { type Point, worst } from './sample.ts'

/** One point for many: the worst status, the mean and the highest of each measure over the points that have it. */
export function rollUp(at: string, points: readonly Point[]): Point {
  const names = [...new Set(points.flatMap(({ measures }) => Object.keys(measures)))]
  const valuesOf = (name: string, field: 'measures' | 'highest') =>
    points.map((point) => point[field][name]).filter((value) => value !== undefined)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    at,
    status: worst(points.map(({ status }) => status)),
    measures: Object.fromEntries(names.map((name) => [name, mean(valuesOf(name, 'measures'))])),
    highest: Object.fromEntries(names.map((name) => [name, Math.max(...valuesOf(name, 'highest'))])),
  }
}
