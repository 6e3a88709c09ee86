/** What a message says, as pieces to draw: from the server's `md` tree, or from its plain text. Never from HTML. */
import { isObject, type Json } from '../../wire/json'
import { count, list, objects, text } from '../../wire/coerce'
import type { Inline, Paragraphs } from '../contracts'

/** A tree deeper than this is not a message. */
const deepest = 12

/** All there is to read in a node nobody knows. */
const words = (node: unknown, depth = 0): string => {
  if (typeof node === 'string') return node
  if (depth > deepest) return ''
  if (Array.isArray(node)) return node.map((item) => words(item, depth + 1)).join('')
  return isObject(node) ? words(node.value ?? node.label ?? node.unicode ?? node.shortCode, depth + 1) : ''
}

const shortCodes =
  'smile 😄 grin 😁 joy 😂 laughing 😆 rofl 🤣 blush 😊 slight_smile 🙂 smiley 😃 wink 😉 heart_eyes 😍 sunglasses 😎 thinking 🤔 confused 😕 disappointed 😞 cry 😢 sob 😭 rage 😡 heart ❤️ +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 wave 👋 pray 🙏 tada 🎉 fire 🔥 rocket 🚀 eyes 👀 white_check_mark ✅ x ❌ warning ⚠️ 100 💯'.split(
    ' ',
  )

const emojiOf = (code: string): string => shortCodes[shortCodes.indexOf(code) + 1 || -1] ?? `:${code}:`

type Link = (href: string) => string | undefined

const linked = (href: string, inlines: Inline[], link: Link): Inline[] => {
  const safe = link(href)
  return safe ? [{ kind: 'link', href: safe, inlines }] : inlines
}

const inline = (node: Json, link: Link, depth: number): Inline[] => {
  const value = node.value
  const inner = (): Inline[] => inlinesOf(value, link, depth + 1)
  if (depth > deepest) return []
  switch (node.type) {
    case 'PLAIN_TEXT':
      return [{ kind: 'text', text: text(value) }]
    case 'BOLD':
      return [{ kind: 'bold', inlines: inner() }]
    case 'ITALIC':
      return [{ kind: 'italic', inlines: inner() }]
    case 'STRIKE':
      return [{ kind: 'strike', inlines: inner() }]
    case 'INLINE_CODE':
    case 'INLINE_KATEX':
      return [{ kind: 'code', text: words(value) }]
    case 'LINK':
    case 'IMAGE': {
      const { src, label } = isObject(value) ? value : {}
      const href = words(src)
      // A quoted message is announced by a link without a name to it.
      if (/[?&]msg=/.test(href) && !words(label).trim()) return []
      const inlines = inlinesOf(Array.isArray(label) ? label : [label], link, depth + 1)
      return linked(href, words(label).trim() ? inlines : [{ kind: 'text', text: href }], link)
    }
    case 'EMOJI':
      return [{ kind: 'emoji', text: text(node.unicode) || emojiOf(text(node.shortCode) || words(value)) }]
    case 'MENTION_USER':
      return [{ kind: 'mention', text: `@${words(value)}` }]
    case 'MENTION_CHANNEL':
      return [{ kind: 'mention', text: `#${words(value)}` }]
    case 'LINE_BREAK':
      return [{ kind: 'break' }]
    default:
      return [{ kind: 'text', text: words(node) }]
  }
}

const inlinesOf = (nodes: unknown, link: Link, depth = 0): Inline[] =>
  typeof nodes === 'string'
    ? [{ kind: 'text', text: nodes }]
    : objects(nodes).flatMap((node) => inline(node, link, depth))

const block = (node: Json, link: Link): Paragraphs[] => {
  const { type, value } = node
  const items = (): Inline[][] => objects(value).map((item) => inlinesOf(item.value, link))
  switch (type) {
    case 'PARAGRAPH': {
      const inlines = inlinesOf(value, link)
      return inlines.length ? [{ kind: 'paragraph', inlines }] : []
    }
    case 'HEADING':
      return [
        { kind: 'heading', level: Math.min(6, Math.max(1, count(node.level) ?? 1)), inlines: inlinesOf(value, link) },
      ]
    case 'UNORDERED_LIST':
      return [{ kind: 'list', ordered: false, items: items() }]
    case 'ORDERED_LIST':
      return [{ kind: 'list', ordered: true, items: items(), start: count(objects(value)[0]?.number) }]
    case 'TASKS':
      return [
        {
          kind: 'tasks',
          items: objects(value).map((item) => ({ done: item.status === true, inlines: inlinesOf(item.value, link) })),
        },
      ]
    case 'QUOTE':
      return [
        {
          kind: 'quote',
          inlines: objects(value).flatMap((paragraph, index): Inline[] => [
            ...(index ? [{ kind: 'break' } as const] : []),
            ...inlinesOf(paragraph.value, link),
          ]),
        },
      ]
    case 'CODE':
      return [
        {
          kind: 'code',
          text: list(value)
            .map((line) => words(line))
            .join('\n'),
          language: text(node.language) || undefined,
        },
      ]
    case 'KATEX':
      return [{ kind: 'code', text: words(value) }]
    case 'BIG_EMOJI':
      return [
        {
          kind: 'emoji',
          text: inlinesOf(value, link)
            .map((piece) => ('text' in piece ? piece.text : ''))
            .join(''),
        },
      ]
    case 'LINE_BREAK':
      return []
    default: {
      const said = words(node)
      return said ? [{ kind: 'paragraph', inlines: [{ kind: 'text', text: said }] }] : []
    }
  }
}

/**
 * In a longer text marks are not looked for: from where one begins, its end is sought for up to 2,000 characters, which adds up. It is four times
 * the longest message of a server with default settings (Message_MaxAllowedSize is 5,000).
 */
const longestMarked = 20_000

const marks =
  /`([^`\n]{1,999})`|\*([^*\n]{1,999})\*|_([^_\n]{1,999})_|~([^~\n]{1,999})~|\[([^[\]\n]{0,999})\]\(([^\s)]{1,2000})\)|(https?:\/\/[^\s<>"]{1,2000})|:([a-z0-9_+-]{1,30}):|(\n)/gi

const isWord = (character = ''): boolean => /\w/.test(character)

/** Without what ends the sentence around it. A closing bracket belongs to an address that has an opening one. */
const addressLength = (address: string): number => {
  const behind = address.includes('(') ? `.,;:!?'"` : `.,;:!?'")`
  let length = address.length
  while (behind.includes(address[length - 1]!)) length--
  return length
}

const marked = (said: string, link: Link, depth = 0): Inline[] => {
  const out: Inline[] = []
  let from = 0
  const plain = (to: number) => {
    if (to > from) out.push({ kind: 'text', text: said.slice(from, to) })
  }
  for (const found of depth > 4 ? [] : said.matchAll(marks)) {
    const [whole, code, bold, italic, strike, label, target, address, emoji, newline] = found
    const start = found.index
    const styled = bold ?? italic ?? strike
    // An asterisk inside a word, or before a space, is an asterisk.
    if (
      start < from ||
      (styled && (isWord(said[start - 1]) || isWord(said[start + whole.length]) || styled.trim() !== styled))
    )
      continue
    const end = address ? addressLength(address) : whole.length
    const pieces: Inline[] = code
      ? [{ kind: 'code', text: code }]
      : styled
        ? [{ kind: bold ? 'bold' : italic ? 'italic' : 'strike', inlines: marked(styled, link, depth + 1) }]
        : target
          ? linked(target, [{ kind: 'text', text: label?.trim() || target }], link)
          : address
            ? linked(address.slice(0, end), [{ kind: 'text', text: address.slice(0, end) }], link)
            : newline
              ? [{ kind: 'break' }]
              : [{ kind: 'emoji', text: emojiOf(emoji!) }]
    if (emoji && pieces[0]!.kind === 'emoji' && pieces[0]!.text === whole) continue
    plain(start)
    out.push(...pieces)
    from = start + end
  }
  plain(said.length)
  return out
}

/** A quoted message leaves a nameless link before the text. */
export const withoutQuoteLink = (said: string): string => said.replace(/^\[ *\]\([^)\s]*\)\s*/, '')

const ofText = (said: string, link: Link): Paragraphs[] => {
  if (said.length > longestMarked) return [{ kind: 'paragraph', inlines: [{ kind: 'text', text: said }] }]
  return said.split(/(```[\s\S]*?```)/).flatMap((part): Paragraphs[] => {
    if (/^```[\s\S]*```$/.test(part))
      return [
        {
          kind: 'code',
          text: part
            .slice(3, -3)
            .replace(/^\w*\n/, '')
            .replace(/\n$/, ''),
        },
      ]
    return part
      .split(/((?:^|\n)>[^\n]*(?:\n>[^\n]*)*)/)
      .filter((piece) => piece.trim())
      .map((piece): Paragraphs => {
        const trimmed = piece.replace(/^\n+/, '').trimEnd()
        return trimmed[0] === '>'
          ? { kind: 'quote', inlines: marked(trimmed.replace(/^> ?/gm, ''), link) }
          : { kind: 'paragraph', inlines: marked(trimmed, link) }
      })
  })
}

/** `md` when the server sent one, else the text, read the way people write. */
export const bodyOf = (said: string, md: unknown[] | undefined, link: Link): Paragraphs[] =>
  md ? objects(md).flatMap((node) => block(node, link)) : ofText(withoutQuoteLink(said), link)
