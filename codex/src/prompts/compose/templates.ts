import { placesIn } from '../../runbooks/template.ts'
import type { Scene } from '../compose-prompt.ts'
import { placeholder, quoted } from './words.ts'

const template = /\{\{([a-z]+)\.([A-Za-z0-9_]+)\.?([A-Za-z0-9_.]*)\}\}/g

/** Given inputs in their places; inputs still to be asked for, and what steps will answer, as placeholders. */
export function filled(value: unknown, scene: Scene): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, scene))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, scene)]))
  }
  if (typeof value !== 'string') return value
  const whole = /^\{\{inputs\.([A-Za-z0-9_]+)\}\}$/.exec(value)?.[1]
  if (whole !== undefined && scene.inputs[whole] !== undefined) return scene.inputs[whole]
  return value.replace(template, (_, root: string, name: string, rest: string) => {
    if (root === 'inputs') return String(scene.inputs[name] ?? placeholder(name))
    return `<${[root, name, rest].filter((part) => part !== '' && part !== 'steps').join('.')}>`
  })
}

/** A value to compare with, for people: data in quotation marks, or where it will stand. */
export function described(value: unknown, scene: Scene): string {
  const open = placesIn(value).some((place) => !isGiven(place, scene))
  return open && typeof value === 'string' ? named(value) : quoted(filled(value, scene))
}

/** A template in words: `{{steps.failed.items.0.id}}` is "items.0.id of step failed". */
export function named(text: string): string {
  return text.replace(template, (_, root: string, name: string, rest: string) => {
    if (root === 'inputs') return `the input ${name}`
    if (root === 'each') return `${[name, rest].filter((part) => part !== '').join('.')} of the item`
    if (root === 'errors') return `what step ${name} was told`
    if (root === 'evidence')
      return rest === '' ? `what is kept as ${name}` : `${rest} of what is kept as ${name}`
    return rest === '' ? `the answer of step ${name}` : `${rest} of step ${name}`
  })
}

export function isGiven(place: string, { inputs }: Scene): boolean {
  const [root, name = ''] = place.split('.')
  return root === 'inputs' && inputs[name] !== undefined
}
