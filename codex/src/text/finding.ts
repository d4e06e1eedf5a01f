/**
 * One thing wrong in a file. `fatal`: the file can't be used until it is put right. `error`: it can be used, `check`
 * fails. `hint`: worth a look, `check` passes.
 */
export type Finding = {
  code: string
  severity: 'fatal' | 'error' | 'hint'
  file: string
  line: number
  column: number
  message: string
  fix: string
}

/** `docs/TODO.yaml:3:5 error bad_status: … Fix: …` */
export function findingLine(each: Finding): string {
  return `${each.file}:${each.line}:${each.column} ${each.severity} ${each.code}: ${each.message} Fix: ${each.fix}`
}
