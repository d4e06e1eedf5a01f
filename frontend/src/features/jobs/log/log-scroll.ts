/*
 * A browser scrolls elements of some million pixels at most (Firefox: 17.9), and a log may have more lines than that. So the
 * scrolled space has a limit, and what is scrolled to is kept as an offset of its own: as if each line were one line high.
 *
 * What is drawn hangs on one point: a place in the log (in lines, with a fraction) at a place in view. Lines above and
 * below flow from there with the heights they have, so wrapped lines need no measuring. The point is at the top of the
 * view but for the last lines, where it moves to the bottom, so that the log's end is the scroll's end.
 */

export const lineHeight = 18
/** Below every browser's limit. */
const greatestSpace = 8_000_000
/** So many lines before the end, the point begins to move down. */
const endLines = 100

export interface View {
  /** Lines in the log. */
  readonly count: number
  /** Pixels in view. */
  readonly height: number
}

const contentHeight = ({ count }: View) => count * lineHeight

/** The greatest offset there is. */
export const greatestOffset = (view: View) => Math.max(0, contentHeight(view) - view.height)

/** How high the element is that the browser scrolls. */
export const spaceHeight = (view: View) => Math.min(contentHeight(view), greatestSpace)

/** Offset for each pixel that the browser scrolls: one, but for very long logs. */
export function offsetPerPixel(view: View): number {
  const scrollable = spaceHeight(view) - view.height
  return scrollable <= 0 ? 1 : greatestOffset(view) / scrollable
}

export function clampOffset(offset: number, view: View): number {
  return Math.min(Math.max(offset, 0), greatestOffset(view))
}

/** The point that all lines hang on: `line` of the log is `top` pixels below the top of the view. */
export function pointAt(offset: number, view: View): { line: number; top: number } {
  const end = greatestOffset(view)
  const reach = Math.min(end, endLines * lineHeight)
  const top = reach === 0 ? 0 : view.height * Math.max(0, (offset - (end - reach)) / reach)
  return { line: Math.min(view.count, (offset + top) / lineHeight), top }
}

/** The lines that may be in view, and some around. */
export function linesInView(
  point: { line: number; top: number },
  view: View,
): { first: number; last: number } {
  const above = Math.ceil(point.top / lineHeight) + 8
  const below = Math.ceil((view.height - point.top) / lineHeight) + 8
  const at = Math.floor(point.line)
  return { first: Math.max(0, at - above), last: Math.min(view.count - 1, at + below) }
}

/** Shows a line with what led to it. */
export function offsetOf(index: number, view: View, wrapped: boolean): number {
  const linesAbove = wrapped ? 3 : (view.height / lineHeight - 1) / 2
  return clampOffset((index - linesAbove) * lineHeight, view)
}
