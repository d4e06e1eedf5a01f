import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const ink = (tone: string) => ({ color: `var(--${tone})` })
const wavy = (tone: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy var(--${tone})`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
})
/** The package draws its marks with pictures in `data:` addresses, which the Content-Security-Policy refuses. */
const dot = (tone: string) => ({
  content: 'normal',
  width: '8px',
  height: '8px',
  marginBlockStart: '6px',
  borderRadius: '50%',
  backgroundColor: `var(--${tone})`,
})

/** The editor in the colours of the page, which reach it as custom properties. */
export const editorLook = [
  EditorView.theme({
    '&': {
      height: '100%',
      color: 'var(--text)',
      backgroundColor: 'var(--surface)',
      fontSize: '0.8125rem',
    },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
    '.cm-content': { caretColor: 'var(--text)', paddingBlock: '8px' },
    '.cm-gutters': {
      backgroundColor: 'var(--sunken)',
      color: 'var(--text-2)',
      borderInlineEnd: '1px solid var(--line)',
    },
    '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
    '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
    '.cm-content ::selection': { backgroundColor: 'var(--selected)' },
    '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)' },
    '.cm-panels.cm-panels-top': { borderBlockEnd: '1px solid var(--line)' },
    '.cm-panel.cm-search': { fontFamily: 'var(--font)' },
    '.cm-textfield': {
      border: '1px solid var(--line-strong)',
      borderRadius: '4px',
      backgroundColor: 'var(--surface)',
      color: 'var(--text)',
    },
    '.cm-button': {
      backgroundImage: 'none',
      border: '1px solid var(--line-strong)',
      borderRadius: '4px',
      backgroundColor: 'var(--surface)',
      color: 'var(--text)',
    },
    '.cm-panel.cm-search [name=close]': { color: 'var(--text)' },
    '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)' },
    '.cm-searchMatch-selected': { backgroundColor: 'var(--selected)' },
    '.cm-tooltip': {
      border: '1px solid var(--line-strong)',
      borderRadius: 'var(--radius)',
      backgroundColor: 'var(--surface)',
      color: 'var(--text)',
      boxShadow: 'var(--shadow-raised)',
      fontFamily: 'var(--font)',
      maxWidth: '32rem',
    },
    '.cm-diagnostic-error': { borderInlineStartColor: 'var(--bad-fill)' },
    '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warn-fill)' },
    '.cm-lintRange-error': wavy('bad'),
    '.cm-lintRange-warning': wavy('warn'),
    '.cm-lint-marker-error': dot('bad-fill'),
    '.cm-lint-marker-warning': dot('warn-fill'),
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.heading, fontWeight: '650' },
      { tag: tags.strong, fontWeight: '650' },
      { tag: tags.emphasis, fontStyle: 'italic' },
      { tag: [tags.link, tags.url], ...ink('accent') },
      { tag: tags.monospace, ...ink('run') },
      { tag: [tags.processingInstruction, tags.contentSeparator, tags.comment], ...ink('text-2') },
      { tag: [tags.quote, tags.meta], ...ink('text-2') },
    ]),
  ),
]
