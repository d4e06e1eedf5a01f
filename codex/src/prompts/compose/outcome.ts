import type { Scene } from '../compose-prompt.ts'
import { isRoute } from '../facts.ts'
import { callable } from './callable.ts'
import { isRuledOut } from './conditions.ts'
import { sober } from './sober.ts'
import { stepsOf } from './steps.ts'
import { bullets, code } from './words.ts'

/** What it takes, and what to do without. */
export function rolesSection(scene: Scene): string {
  const { granted, task } = scene
  const needed = [...granted.roles, ...(granted.superuser ? ['superuser'] : [])]
  return `## Roles\n\n${bullets([
    `Needed: ${needed.map(code).join(', ')}.`,
    ...(callable(scene, 'auth.me') ? [`Look first at what you hold: ${code('auth.me')} (read).`] : []),
    'When a role is missing or a call is refused, name the role that the answer gives as `requiredRole`, and stop. Never look for another way in.',
    ...(task.fallback ? [`What to tell whoever asked, then: ${sober(task.fallback, scene)}`] : []),
  ])}`
}

/** What success looks like, and where to look at it. */
export function outputsSection(scene: Scene): string {
  const { task, persona, facts } = scene
  const routes = [...task.routes, ...persona.entryRoutes, '/'].filter((route) =>
    isRoute(facts.routes.web, route),
  )
  const target = routes[0] ?? '/'
  const kept = stepsOf(scene).flatMap(({ capture }) => capture.map(({ name }) => name))
  return `## Outputs\n\n${bullets([
    ...task.success.filter((each) => !isRuledOut(each, scene)).map(({ text }) => sober(text, scene)),
    `The outcome can be seen on ${code(target)}: cite that page, the answer of the API or the log line that shows it.`,
    ...(kept.length > 0 ? [`The report holds ${[...new Set(kept)].join(', ')}, as they were answered.`] : []),
    'Where a step was left out or refused, the report says which and why.',
  ])}`
}

/** What to watch while it runs, and what to write down. */
export function observabilitySection(scene: Scene): string {
  const counts = callable(scene, 'jobs.counts') ? ` (${code('jobs.counts')})` : ''
  const keys = callable(scene, 'jobs.inspect')
    ? ` as ${code('jobs.inspect')} gives them`
    : ', where they are shown'
  const places = ['/jobs', '/admin/runtime'].filter((route) => isRoute(scene.facts.routes.web, route))
  return `## Observability\n\n${bullets([
    `Watch the queue${counts}: its depth, the age of its oldest job, and the workers, before the first change and after the last.`,
    `Write down the id of every job that you start or speak of, and the broker's keys for it${keys}.`,
    `Link ${places.length > 0 ? places.map(code).join(' and ') : 'the Jobs page'} for whoever reads the report, and the runtime log where a load failed.`,
    'Log every fallback to the placeholder, with the toolkit and the message word for word.',
  ])}`
}
