/** What was done with a form so far: decides which errors are shown. */
export interface FormMemory {
  readonly touched: ReadonlySet<string>
  readonly tried: boolean
}

/** An error is shown of a field that was touched, or of every field when sending was tried. */
export function shownErrors(
  { touched, tried }: FormMemory,
  id: string,
  errors: readonly string[] | undefined,
): readonly string[] {
  return tried || touched.has(id) ? [...new Set(errors)] : []
}
