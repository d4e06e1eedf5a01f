/** While the first page is fetched; words only when that takes long, by its stylesheet. */
export function Opening() {
  return (
    <p className="opening soft" role="status">
      Opening SRE Toolbox…
    </p>
  )
}
