import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Finding } from '@sre-toolbox/contract/codex/common'
import { placeOf, toDiagnostics } from './diagnostics.ts'
import { editorLook } from './editor-look.ts'
import { promptLanguage } from './prompt-language.ts'

export interface Editor {
  text(): string
  /** In place of all there is; can be undone. */
  replace(text: string): void
  /** Where the cursor is. */
  insert(text: string): void
  show(findings: readonly Finding[]): void
  goTo(place: Pick<Finding, 'line' | 'column'>): void
  destroy(): void
}

/** A Markdown editor within a shadow root: there its styles are sheets, where the document would need style elements. */
export function createEditor(options: {
  root: ShadowRoot
  label: string
  text: string
  onChange: (text: string) => void
  onSave: () => void
}): Editor {
  const { root, label, text, onChange, onSave } = options
  const save = () => {
    onSave()
    return true
  }
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        drawSelection(),
        history(),
        EditorView.lineWrapping,
        promptLanguage,
        lintGutter(),
        search({ top: true }),
        keymap.of([
          { key: 'Mod-s', run: save, preventDefault: true },
          ...searchKeymap,
          ...lintKeymap,
          ...historyKeymap,
          // Tab stays what it is everywhere: the way on.
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.sliceDoc())
        }),
        editorLook,
      ],
    }),
  })
  return {
    text: () => view.state.sliceDoc(),
    replace: (next) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        selection: { anchor: 0 },
      }),
    insert: (part) => view.dispatch(view.state.replaceSelection(part)),
    show: (findings) => view.dispatch(setDiagnostics(view.state, toDiagnostics(view.state.doc, findings))),
    goTo(place) {
      const anchor = placeOf(view.state.doc, place)
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}
