/**
 * The pattern for `lower(column) like lower($pattern) escape '\'`. The database folds both sides: what it can't fold
 * (SQLite knows ASCII alone) is still found as it is written.
 */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
