import type { Inline, Message, Paragraphs } from '../../chat/contracts'
import type { Strings } from '../strings/en'

const ofInline = (inline: Inline): string => {
  if (inline.kind === 'break') return '\n'
  return 'inlines' in inline ? ofInlines(inline.inlines) : inline.text
}
const ofInlines = (inlines: Inline[]): string => inlines.map(ofInline).join('')

const ofParagraph = (paragraph: Paragraphs): string => {
  switch (paragraph.kind) {
    case 'code':
    case 'emoji':
      return paragraph.text
    case 'list':
      return paragraph.items.map(ofInlines).join('\n')
    case 'tasks':
      return paragraph.items.map(({ inlines }) => ofInlines(inlines)).join('\n')
    default:
      return ofInlines(paragraph.inlines)
  }
}

/** A message as it is read aloud: without the marks it was written with. */
export const plainText = ({ text, body, files, deleted }: Message, t: Strings): string =>
  deleted
    ? t.deleted
    : body.map(ofParagraph).join('\n') ||
      text ||
      files.map(({ name, kind }) => `${kind === 'image' ? t.image : t.file}: ${name}`).join(', ')
