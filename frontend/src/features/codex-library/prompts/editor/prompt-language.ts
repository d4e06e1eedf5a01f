import { markdown } from '@codemirror/lang-markdown'
import { tags } from '@lezer/highlight'

/** Markdown that may begin with front matter, which would else be read as a ruler and a heading. */
export const promptLanguage = markdown({
  extensions: [
    {
      defineNodes: [{ name: 'FrontMatter', block: true, style: tags.meta }],
      parseBlock: [
        {
          name: 'FrontMatter',
          before: 'HorizontalRule',
          parse(context, line) {
            if (context.lineStart !== 0 || line.text.trimEnd() !== '---') return false
            while (context.nextLine()) {
              if (line.text.trimEnd() !== '---') continue
              context.nextLine()
              break
            }
            context.addElement(context.elt('FrontMatter', 0, context.prevLineEnd()))
            return true
          },
        },
      ],
    },
  ],
})
