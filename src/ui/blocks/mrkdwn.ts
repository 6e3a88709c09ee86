import type { Inline } from '../../chat/contracts'

/**
 * No part may run over the beginning of another try, or its length has a bound: a text of nothing but beginnings would be read to its end from
 * each of them.
 */
const marks =
  /\*\*?([^*\n]+?)\*\*?|__?([^_\n]+?)__?|~~?([^~\n]+?)~~?|`([^`\n]+)`|\[([^[\]\n]+)\]\((https?:[^)\s]{1,2000})\)|<(https?:[^|<>\s]+)\|([^<>\n]+)>|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])|(\n)/g

/** In a longer text marks are not looked for: an address alone may be sought for up to 2,000 characters from each of its beginnings. No app of a server writes so much. */
const longestMarkedLength = 20_000

const plain = (text: string): Inline => ({ kind: 'text', text })

/** The few marks of `mrkdwn`, as nodes. */
export const inlinesOf = (text: string): Inline[] => {
  const found: Inline[] = []
  let from = 0
  for (const match of text.length > longestMarkedLength ? [] : text.matchAll(marks)) {
    const [whole, bold, italic, strike, code, label, href, address, title, bare] = match
    if (match.index > from) found.push(plain(text.slice(from, match.index)))
    from = match.index + whole.length
    if (bold) found.push({ kind: 'bold', inlines: inlinesOf(bold) })
    else if (italic) found.push({ kind: 'italic', inlines: inlinesOf(italic) })
    else if (strike) found.push({ kind: 'strike', inlines: inlinesOf(strike) })
    else if (code) found.push({ kind: 'code', text: code })
    else if (href) found.push({ kind: 'link', href, inlines: [plain(label!)] })
    else if (address) found.push({ kind: 'link', href: address, inlines: [plain(title!)] })
    else if (bare) found.push({ kind: 'link', href: bare, inlines: [] })
    else found.push({ kind: 'break' })
  }
  if (from < text.length) found.push(plain(text.slice(from)))
  return found
}
