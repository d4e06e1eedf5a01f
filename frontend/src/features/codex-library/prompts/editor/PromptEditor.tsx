import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react'
import { createEditor, type Editor } from './create-editor.ts'

export type EditorHandle = Omit<Editor, 'destroy'>

/** The text at the beginning is `text`; from then on the editor has it, and tells each change. */
export function PromptEditor(props: {
  label: string
  text: string
  onChange: (text: string) => void
  onSave: () => void
  ref: Ref<EditorHandle>
}) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(null)
  const begin = useEffectEvent((root: ShadowRoot) =>
    createEditor({
      root,
      label: props.label,
      text: props.text,
      onChange: (text) => change(text),
      onSave: () => save(),
    }),
  )
  const change = useEffectEvent(props.onChange)
  const save = useEffectEvent(props.onSave)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const made = begin(element.shadowRoot ?? element.attachShadow({ mode: 'open' }))
    editor.current = made
    return () => {
      editor.current = null
      made.destroy()
    }
  }, [])
  useImperativeHandle(props.ref, () => ({
    text: () => editor.current?.text() ?? '',
    replace: (text) => editor.current?.replace(text),
    insert: (text) => editor.current?.insert(text),
    show: (findings) => editor.current?.show(findings),
    goTo: (place) => editor.current?.goTo(place),
  }))
  return <div ref={host} className="prompt-editor" />
}
