import { emojiAt } from './emoji.ts'
import { plain, type Inline } from './nodes.ts'

interface Found {
  node: Inline
  length: number
}

const pairs: [mark: string, type: string][] = [
  ['**', 'BOLD'],
  ['*', 'BOLD'],
  ['__', 'ITALIC'],
  ['_', 'ITALIC'],
  ['~~', 'STRIKE'],
  ['~', 'STRIKE'],
]

const isWord = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter)

/** Something between two equal marks. Underscores inside a word mark nothing. */
function paired(text: string, at: number): Found | undefined {
  for (const [mark, type] of pairs) {
    if (!text.startsWith(mark, at)) continue
    const end = text.indexOf(mark, at + mark.length + 1)
    const inner = end > 0 ? text.slice(at + mark.length, end) : ''
    if (!inner.trim()) continue
    if (mark.startsWith('_') && (isWord(text[at - 1]) || isWord(text[end + mark.length]))) continue
    return { node: { type, value: parseInline(inner) }, length: end + mark.length - at }
  }
  return undefined
}

function code(text: string, at: number): Found | undefined {
  const match = /^`([^`\n]+)`/.exec(text.slice(at))
  if (!match) return undefined
  const [whole, words = ''] = match
  return { node: { type: 'INLINE_CODE', value: plain(words) }, length: whole.length }
}

const link = (src: string, label: Inline[]): Inline => ({ type: 'LINK', value: { src: plain(src), label } })

function markedLink(text: string, at: number): Found | undefined {
  const rest = text.slice(at)
  const image = /^!\[([^\]]*)\]\(([^\s()]+)\)/.exec(rest)
  if (image) {
    const [whole, label = '', src = ''] = image
    return { node: { type: 'IMAGE', value: { src: plain(src), label: plain(label) } }, length: whole.length }
  }
  const labelled = /^\[([^\]]+)\]\(([^\s()]+(?:\([^\s()]*\))?)\)/.exec(rest)
  if (labelled) {
    const [whole, label = '', src = ''] = labelled
    return { node: link(src, parseInline(label)), length: whole.length }
  }
  const angled = /^<(https?:\/\/[^|>\s]+)\|([^>]+)>/.exec(rest)
  if (angled) {
    const [whole, src = '', label = ''] = angled
    return { node: link(src, [plain(label)]), length: whole.length }
  }
  return undefined
}

/** A bare address, without the full stop or bracket that ends its sentence. */
function address(text: string, at: number): Found | undefined {
  if (isWord(text[at - 1])) return undefined
  const [whole = '', start = ''] = /^(https?:\/\/|www\.)[^\s<>*]+/.exec(text.slice(at)) ?? []
  const href = whole.replace(/[.,;:!?)\]'"]+$/, '')
  if (href.length <= start.length) return undefined
  return { node: link(href.startsWith('www.') ? `//${href}` : href, [plain(href)]), length: href.length }
}

function mention(text: string, at: number): Found | undefined {
  if (isWord(text[at - 1])) return undefined
  const match = /^([@#])([\p{L}\p{N}._-]*[\p{L}\p{N}_-])/u.exec(text.slice(at))
  if (!match) return undefined
  const [whole, mark, name = ''] = match
  return { node: { type: mark === '@' ? 'MENTION_USER' : 'MENTION_CHANNEL', value: plain(name) }, length: whole.length }
}

const readers = [code, markedLink, paired, address, mention, emojiAt]

export function parseInline(text: string): Inline[] {
  const nodes: Inline[] = []
  let words = ''
  const flush = () => {
    if (words) nodes.push(plain(words))
    words = ''
  }
  for (let at = 0; at < text.length;) {
    if (text[at] === '\\' && /[*_~`#.[\]]/.test(text[at + 1] ?? '')) {
      words += text[at + 1]
      at += 2
      continue
    }
    const found = readers.reduce<Found | undefined>((node, read) => node ?? read(text, at), undefined)
    if (found) {
      flush()
      nodes.push(found.node)
      at += found.length
    } else words += text[at++]
  }
  flush()
  return nodes
}
