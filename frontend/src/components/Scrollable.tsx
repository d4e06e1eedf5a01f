import type { ComponentProps } from 'react'

/** A named part of the page that scrolls by itself. */
export function Scrollable(props: ComponentProps<'section'> & { 'aria-label': string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it by keyboard, which needs the focus
  return <section {...props} tabIndex={0} />
}
