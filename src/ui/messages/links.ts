import type { Inline } from '../../chat/contracts'

/** How a link is to be named: as it was, by its address alone, or with its host behind its name. */
export type LinkName = 'own' | 'address' | 'own-and-host'

/** A longer label is no address that anybody reads. */
const longestLabel = 2000

export const textOf = (inlines: Inline[]): string =>
  inlines
    .map((inline) => ('text' in inline ? inline.text : 'inlines' in inline ? textOf(inline.inlines) : ' '))
    .join('')

/** As eyes read it: without what cannot be seen, and with one letter for all the signs that look like it by design. */
const asSeen = (text: string): string =>
  text
    .slice(0, longestLabel)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')

/** Without what means nothing to a reader: `www.`, and a dot at the end. */
const hostOf = (address: string): string => {
  try {
    return new URL(address).host.replace(/^www\./, '').replace(/\.$/, '')
  } catch {
    return ''
  }
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')
const fewestDigits = 5

/** Of an e-mail address or a phone number: whether the label is another one. */
const namesAnother = (label: string, { protocol, pathname }: URL): boolean =>
  protocol === 'mailto:'
    ? label.includes('@') && label.trim().toLowerCase() !== pathname.toLowerCase()
    : digitsOf(label).length >= fewestDigits && digitsOf(label) !== digitsOf(pathname)

/** A label that looks like an address must be the address: everybody reads it as where a click leads. */
export const linkName = (label: string, href: string): LinkName => {
  const seen = asSeen(label)
  const url = new URL(href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return namesAnother(seen, url) ? 'address' : 'own'
  const host = hostOf(href)
  const words = seen.split(/\s+/).filter(Boolean)
  for (const word of words) {
    const [address] = /(https?:|www\.).*/i.exec(word) ?? []
    if (address && hostOf(address.startsWith('http') ? address : `https://${address}`) !== host) return 'address'
  }
  const [only = ''] = words
  // It may be the name of a file as well: then the host does no harm behind it.
  const isHostLike = words.length === 1 && /^[^\s/@:]+\.[a-z]{2,}([/:?#]|$)/i.test(only)
  return isHostLike && hostOf(`https://${only}`) !== host && !/^https?:/i.test(only) ? 'own-and-host' : 'own'
}
