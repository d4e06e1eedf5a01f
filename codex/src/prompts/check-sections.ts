import type { PersonaFact } from '@sre-toolbox/contract/codex-facts'
import type { PromptCode } from './codes.ts'
import { fault, type Report } from './fault.ts'
import type { Prompt, Section } from './read-prompt.ts'

/** What a section must say, and how to tell that it does. */
type Demand = { section: string; code: PromptCode; says: RegExp; message: string; fix: string }

const demands: Demand[] = [
  {
    section: 'Environment',
    code: 'environment_no_sign_in',
    says: /sign(ed)?[ -]in|token|session|authenticat/i,
    message: 'It does not say how the agent is signed in.',
    fix: 'name the token or the session that it uses.',
  },
  {
    section: 'Environment',
    code: 'environment_no_names',
    says: /`[A-Z][A-Z0-9]*(_[A-Z0-9]+)+`/,
    message: 'It names no environment name.',
    fix: 'name those that must be set, such as `TOOLBOX_URL`.',
  },
  {
    section: 'Roles',
    code: 'roles_no_fallback',
    says: /without|missing|lack|otherwise|refused/i,
    message: 'It does not say what to do when a role is missing.',
    fix: 'say what the agent does then, such as: name the missing role and stop.',
  },
  {
    section: 'Inputs',
    code: 'inputs_no_check',
    says: /must|only|one of|between|at most|at least|checked|valid|none/i,
    message: 'It does not say how inputs are checked.',
    fix: 'give each input its form and what makes it valid; write "None." where there are none.',
  },
  {
    section: 'Outputs',
    code: 'outputs_no_target',
    says: /`\/[^`]*`/,
    message: 'It names no page to look at.',
    fix: 'name the route on which success can be seen, such as `/jobs`.',
  },
  {
    section: 'Safety',
    code: 'safety_no_confirmation',
    says: /confirm|approv/i,
    message: 'It asks for no confirmation before something destructive.',
    fix: 'say who must agree, and before which step.',
  },
  {
    section: 'Safety',
    code: 'safety_no_placeholder',
    says: /placeholder/i,
    message: 'It does not say to use the placeholder when a toolkit fails to load.',
    fix: 'say that `GenericToolkitPlaceholder` stands in then.',
  },
  {
    section: 'Safety',
    code: 'safety_no_specifiers',
    says: /`?local`?[\s\S]*`?remote`?|`?remote`?[\s\S]*`?local`?/i,
    message: 'It does not say to log retries with their specifier.',
    fix: 'say that every retry is logged as `local` or `remote`.',
  },
  {
    section: 'Observability',
    code: 'observability_no_figures',
    says: /queue|broker|redis|celery|worker/i,
    message: 'It names no figure of the queue or the broker to watch.',
    fix: 'name those to watch, such as queue depth and age.',
  },
  {
    section: 'Observability',
    code: 'observability_no_place',
    says: /`\/jobs[^`]*`|jobs page|runtime log|`\/admin\/runtime`/i,
    message: 'It links neither the Jobs page nor the runtime log.',
    fix: 'link `/jobs` or `/admin/runtime`.',
  },
]

/** The sections of the checklist: each there once, not empty, saying what it has to. */
export function checkSections(
  prompt: Prompt,
  persona: PersonaFact | undefined,
  wanted: readonly string[],
  report: Report,
): void {
  const last = prompt.text.trimEnd().split('\n').length
  for (const name of wanted) {
    const [first, second] = prompt.sections.filter((each) => each.name.toLowerCase() === name.toLowerCase())
    if (!first) {
      report(last, 1, fault('section_missing', `The section ${name} is missing.`, `add \`## ${name}\`.`))
    } else if (second) {
      report(second.line, 1, fault('section_repeated', `${name} stands there twice.`, 'keep one of them.'))
    } else if (bodyOf(first) === '') {
      const fix = 'say it, or why it does not apply.'
      report(first.line, 1, fault('section_empty', `${name} says nothing.`, fix))
    } else checkBody(name, first, persona, report)
  }
}

function checkBody(name: string, section: Section, persona: PersonaFact | undefined, report: Report): void {
  const body = bodyOf(section)
  for (const { code, message, fix } of demands.filter(
    (each) => each.section === name && !each.says.test(body),
  )) {
    report(section.line, 1, fault(code, `${name}: ${message}`, fix))
  }
  const needed = persona ? [...persona.roles, ...(persona.superuser ? ['superuser'] : [])] : []
  for (const role of name === 'Roles' ? needed.filter((each) => !body.includes(each)) : []) {
    const message = `Roles: the persona needs ${role}, and the section does not say so.`
    report(section.line, 1, fault('role_not_named', message, `name \`${role}\`.`))
  }
}

function bodyOf(section: Section): string {
  return section.lines
    .join('\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .trim()
}
