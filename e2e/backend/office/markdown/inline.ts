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
  return match ? { node: { type: 'INLINE_CODE', value: plain(match[1]!) }, length: match[0].length } : undefined
}

const link = (src: string, label: Inline[]): Inline => ({ type: 'LINK', value: { src: plain(src), label } })

function markedLink(text: string, at: number): Found | undefined {
  const rest = text.slice(at)
  const image = /^!\[([^\]]*)\]\(([^\s()]+)\)/.exec(rest)
  if (image) {
    const [whole, label, src] = image
    return { node: { type: 'IMAGE', value: { src: plain(src!), label: plain(label!) } }, length: whole.length }
  }
  const labelled = /^\[([^\]]+)\]\(([^\s()]+(?:\([^\s()]*\))?)\)/.exec(rest)
  if (labelled) return { node: link(labelled[2]!, parseInline(labelled[1]!)), length: labelled[0].length }
  const angled = /^<(https?:\/\/[^|>\s]+)\|([^>]+)>/.exec(rest)
  if (angled) return { node: link(angled[1]!, [plain(angled[2]!)]), length: angled[0].length }
  return undefined
}

/** A bare address, without the full stop or bracket that ends its sentence. */
function address(text: string, at: number): Found | undefined {
  if (isWord(text[at - 1])) return undefined
  const match = /^(https?:\/\/|www\.)[^\s<>*]+/.exec(text.slice(at))
  const href = match?.[0].replace(/[.,;:!?)\]'"]+$/, '')
  if (!href || href.length <= match![1]!.length) return undefined
  return { node: link(href.startsWith('www.') ? `//${href}` : href, [plain(href)]), length: href.length }
}

function mention(text: string, at: number): Found | undefined {
  if (isWord(text[at - 1])) return undefined
  const match = /^([@#])([\p{L}\p{N}._-]*[\p{L}\p{N}_-])/u.exec(text.slice(at))
  if (!match) return undefined
  const type = match[1] === '@' ? 'MENTION_USER' : 'MENTION_CHANNEL'
  return { node: { type, value: plain(match[2]!) }, length: match[0].length }
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
