import type { Inline } from '../../chat/contracts'

/**
 * Reading stays linear: no alternative may run over the character that it begins with, or its length is bounded. Otherwise a text of nothing
 * but `[` would be read to its end from each of them.
 */
const marks =
  /\*\*?([^*\n]+?)\*\*?|__?([^_\n]+?)__?|~~?([^~\n]+?)~~?|`([^`\n]+)`|\[([^[\]\n]+)\]\((https?:[^)\s]{1,2000})\)|<(https?:[^|<>\s]+)\|([^<>\n]+)>|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])|(\n)/g

/** No marks are looked for in a longer text, because an address may be sought for 2,000 characters from each `](http`. No app writes so much. */
const longestMarkedLength = 20_000

const plain = (text: string): Inline => ({ kind: 'text', text })

/** The marks of `mrkdwn`, the small markdown of UIKit, as nodes. */
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
    else if (href) found.push({ kind: 'link', href, inlines: [plain(label ?? href)] })
    else if (address) found.push({ kind: 'link', href: address, inlines: [plain(title ?? address)] })
    else if (bare) found.push({ kind: 'link', href: bare, inlines: [] })
    else found.push({ kind: 'break' })
  }
  if (from < text.length) found.push(plain(text.slice(from)))
  return found
}
