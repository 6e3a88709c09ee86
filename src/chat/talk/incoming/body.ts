/** The pieces of a message to draw: from the server's `md` tree, or from its plain text. Never from HTML. */
import { isObject, type Json } from '../../../wire/json'
import { asNumber, asList, asObjects, asText } from '../../../wire/coerce'
import type { Inline, Paragraphs } from '../../contracts'

/** No message that somebody has written nests deeper; a tree without an end must not end the page. */
const deepestLevel = 12

/** All the text in a node, whatever its type. */
const textIn = (node: unknown, depth = 0): string => {
  if (typeof node === 'string') return node
  if (depth > deepestLevel) return ''
  if (Array.isArray(node)) return node.map((item) => textIn(item, depth + 1)).join('')
  return isObject(node) ? textIn(node.value ?? node.label ?? node.unicode ?? node.shortCode, depth + 1) : ''
}

const shortCodes =
  'smile 😄 grin 😁 joy 😂 laughing 😆 rofl 🤣 blush 😊 slight_smile 🙂 smiley 😃 wink 😉 heart_eyes 😍 sunglasses 😎 thinking 🤔 confused 😕 disappointed 😞 cry 😢 sob 😭 rage 😡 heart ❤️ +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 wave 👋 pray 🙏 tada 🎉 fire 🔥 rocket 🚀 eyes 👀 white_check_mark ✅ x ❌ warning ⚠️ 100 💯'.split(
    ' ',
  )

const emojiOf = (code: string): string => shortCodes[shortCodes.indexOf(code) + 1 || -1] ?? `:${code}:`

/** The whole address, or undefined for one that may not be followed. */
type ToSafeHref = (href: string) => string | undefined

const linkTo = (href: string, inlines: Inline[], toSafeHref: ToSafeHref): Inline[] => {
  const safe = toSafeHref(href)
  return safe ? [{ kind: 'link', href: safe, inlines }] : inlines
}

const inlineOf = (node: Json, toSafeHref: ToSafeHref, depth: number): Inline[] => {
  const value = node.value
  const inner = (): Inline[] => inlinesOf(value, toSafeHref, depth + 1)
  if (depth > deepestLevel) return []
  switch (node.type) {
    case 'PLAIN_TEXT':
      return [{ kind: 'text', text: asText(value) }]
    case 'BOLD':
      return [{ kind: 'bold', inlines: inner() }]
    case 'ITALIC':
      return [{ kind: 'italic', inlines: inner() }]
    case 'STRIKE':
      return [{ kind: 'strike', inlines: inner() }]
    case 'INLINE_CODE':
    case 'INLINE_KATEX':
      return [{ kind: 'code', text: textIn(value) }]
    case 'LINK':
    case 'IMAGE': {
      const { src, label } = isObject(value) ? value : {}
      const href = textIn(src)
      // Before a message that quotes another the server puts a link without a name to the quoted one.
      if (/[?&]msg=/.test(href) && !textIn(label).trim()) return []
      const inlines = inlinesOf(Array.isArray(label) ? label : [label], toSafeHref, depth + 1)
      return linkTo(href, textIn(label).trim() ? inlines : [{ kind: 'text', text: href }], toSafeHref)
    }
    case 'EMOJI':
      return [{ kind: 'emoji', text: asText(node.unicode) || emojiOf(asText(node.shortCode) || textIn(value)) }]
    case 'MENTION_USER':
      return [{ kind: 'mention', text: `@${textIn(value)}` }]
    case 'MENTION_CHANNEL':
      return [{ kind: 'mention', text: `#${textIn(value)}` }]
    case 'LINE_BREAK':
      return [{ kind: 'break' }]
    default:
      return [{ kind: 'text', text: textIn(node) }]
  }
}

const inlinesOf = (nodes: unknown, toSafeHref: ToSafeHref, depth = 0): Inline[] =>
  typeof nodes === 'string'
    ? [{ kind: 'text', text: nodes }]
    : asObjects(nodes).flatMap((node) => inlineOf(node, toSafeHref, depth))

const blockOf = (node: Json, toSafeHref: ToSafeHref): Paragraphs[] => {
  const { type, value } = node
  const items = (): Inline[][] => asObjects(value).map((item) => inlinesOf(item.value, toSafeHref))
  switch (type) {
    case 'PARAGRAPH': {
      const inlines = inlinesOf(value, toSafeHref)
      return inlines.length ? [{ kind: 'paragraph', inlines }] : []
    }
    case 'HEADING':
      return [
        {
          kind: 'heading',
          level: Math.min(6, Math.max(1, asNumber(node.level) ?? 1)),
          inlines: inlinesOf(value, toSafeHref),
        },
      ]
    case 'UNORDERED_LIST':
      return [{ kind: 'list', ordered: false, items: items() }]
    case 'ORDERED_LIST':
      return [{ kind: 'list', ordered: true, items: items(), start: asNumber(asObjects(value)[0]?.number) }]
    case 'TASKS':
      return [
        {
          kind: 'tasks',
          items: asObjects(value).map((item) => ({
            done: item.status === true,
            inlines: inlinesOf(item.value, toSafeHref),
          })),
        },
      ]
    case 'QUOTE':
      return [
        {
          kind: 'quote',
          inlines: asObjects(value).flatMap((paragraph, index): Inline[] => [
            ...(index ? [{ kind: 'break' } as const] : []),
            ...inlinesOf(paragraph.value, toSafeHref),
          ]),
        },
      ]
    case 'CODE':
      return [
        {
          kind: 'code',
          text: asList(value)
            .map((line) => textIn(line))
            .join('\n'),
          language: asText(node.language) || undefined,
        },
      ]
    case 'KATEX':
      return [{ kind: 'code', text: textIn(value) }]
    case 'BIG_EMOJI':
      return [
        {
          kind: 'emoji',
          text: inlinesOf(value, toSafeHref)
            .map((piece) => ('text' in piece ? piece.text : ''))
            .join(''),
        },
      ]
    case 'LINE_BREAK':
      return []
    default: {
      const source = textIn(node)
      return source ? [{ kind: 'paragraph', inlines: [{ kind: 'text', text: source }] }] : []
    }
  }
}

/**
 * A longer text is shown as it is: from each character that may begin a mark, its end is sought for up to 2,000 characters, which adds up. This is
 * four times the longest message of a server with default settings (Message_MaxAllowedSize is 5,000).
 */
const longestParsed = 20_000

const markPattern =
  /`([^`\n]{1,999})`|\*([^*\n]{1,999})\*|_([^_\n]{1,999})_|~([^~\n]{1,999})~|\[([^[\]\n]{0,999})\]\(([^\s)]{1,2000})\)|(https?:\/\/[^\s<>"]{1,2000})|:([a-z0-9_+-]{1,30}):|(\n)/gi

const isWordCharacter = (character = ''): boolean => /\w/.test(character)

/** How much of an address is left without the punctuation of the sentence around it. A closing bracket belongs to an address that has an opening one. */
const addressLength = (address: string): number => {
  const punctuation = address.includes('(') ? `.,;:!?'"` : `.,;:!?'")`
  let length = address.length
  while (length && punctuation.includes(address.charAt(length - 1))) length--
  return length
}

/** Marks may be nested; nobody nests them deeper. */
const deepestMark = 4

/** What one match of `markPattern` is drawn as. */
const markedPieces = (match: RegExpMatchArray, toSafeHref: ToSafeHref, depth: number): Inline[] => {
  const [, code, bold, italic, strike, label, target, address, emoji] = match
  if (code) return [{ kind: 'code', text: code }]
  const styled = bold ?? italic ?? strike
  if (styled) {
    const kind = bold ? 'bold' : italic ? 'italic' : 'strike'
    return [{ kind, inlines: parseMarks(styled, toSafeHref, depth + 1) }]
  }
  if (target) return linkTo(target, [{ kind: 'text', text: label?.trim() || target }], toSafeHref)
  if (address) {
    const shown = address.slice(0, addressLength(address))
    return linkTo(shown, [{ kind: 'text', text: shown }], toSafeHref)
  }
  return emoji ? [{ kind: 'emoji', text: emojiOf(emoji) }] : [{ kind: 'break' }]
}

const parseMarks = (source: string, toSafeHref: ToSafeHref, depth = 0): Inline[] => {
  const pieces: Inline[] = []
  let parsedTo = 0
  const addText = (to: number) => {
    if (to > parsedTo) pieces.push({ kind: 'text', text: source.slice(parsedTo, to) })
  }
  for (const match of depth > deepestMark ? [] : source.matchAll(markPattern)) {
    const [whole, , bold, italic, strike, , , address, emoji] = match
    const start = match.index
    const styled = bold ?? italic ?? strike
    // An asterisk inside a word, or before a space, is an asterisk.
    const isInWord = isWordCharacter(source[start - 1]) || isWordCharacter(source[start + whole.length])
    if (styled && (isInWord || styled.trim() !== styled)) continue
    // A match may begin inside one that was longer; an emoji without a picture is shown as it was written.
    if (start < parsedTo || (emoji && emojiOf(emoji) === whole)) continue
    addText(start)
    pieces.push(...markedPieces(match, toSafeHref, depth))
    parsedTo = start + (address ? addressLength(address) : whole.length)
  }
  addText(source.length)
  return pieces
}

/** Removes the nameless link that the server puts before a message that quotes another. */
export const withoutQuoteLink = (source: string): string => source.replace(/^\[ *\]\([^)\s]*\)\s*/, '')

const parseText = (source: string, toSafeHref: ToSafeHref): Paragraphs[] => {
  if (source.length > longestParsed) return [{ kind: 'paragraph', inlines: [{ kind: 'text', text: source }] }]
  return source.split(/(```[\s\S]*?```)/).flatMap((part): Paragraphs[] => {
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
          ? { kind: 'quote', inlines: parseMarks(trimmed.replace(/^> ?/gm, ''), toSafeHref) }
          : { kind: 'paragraph', inlines: parseMarks(trimmed, toSafeHref) }
      })
  })
}

/** From `md`, the server's own parse of the message, when there is one (older servers have none). Else from the text, read the way people write. */
export const bodyOf = (source: string, md: unknown[] | undefined, toSafeHref: ToSafeHref): Paragraphs[] =>
  md ? asObjects(md).flatMap((node) => blockOf(node, toSafeHref)) : parseText(withoutQuoteLink(source), toSafeHref)
