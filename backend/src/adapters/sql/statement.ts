export type ColumnType = 'text' | 'bigint' | 'integer'

/**
 * One SQL text for both dialects, for the hot paths: parameters are written `$name`, and where the rows of a bulk
 * run come in, `{rows}`. SQLite runs it prepared once a row; PostgreSQL runs it once for all rows.
 *
 *     update t set state = $state {rows} where t.id = $id returning t.id as id
 *     insert into t (id, state) select $id, $state {rows} where true on conflict do nothing returning id
 */
export interface Statement<Params extends object, Row> {
  readonly sqlite: string
  /** For one set of parameters. */
  readonly postgres: string
  /** For many, given as one JSON array. */
  readonly postgresBulk: string
  readonly names: readonly (keyof Params & string)[]
  /** Only for inference. */
  readonly row?: Row
}

export function statement<Params extends object, Row = never>(
  columns: Readonly<Record<keyof Params & string, ColumnType>>,
  text: string,
): Statement<Params, Row> {
  const names = Object.keys(columns) as (keyof Params & string)[]
  const unknown = [...text.matchAll(/\$(\w+)/g)].find((match) => !(String(match[1]) in columns))
  if (unknown) throw new Error(`the statement uses $${unknown[1]}, which is not among its columns: ${text}`)

  const recordset = names.map((name) => `"${name}" ${columns[name]}`).join(', ')
  return {
    names,
    sqlite: text.replace('{rows}', ''),
    postgres: text
      .replace('{rows}', '')
      .replace(
        /\$(\w+)/g,
        (_, name) => `$${names.indexOf(name) + 1}::${columns[name as keyof Params & string]}`,
      ),
    postgresBulk: text
      .replace('{rows}', `from jsonb_to_recordset($1::jsonb) as r(${recordset})`)
      .replace(/\$([A-Za-z_]\w*)/g, (_, name) => `r."${name}"`),
  }
}
