import type { Journey, JourneyPage } from '../../tracking/stored'
import { lastSource } from './journey'

/** Of the whole text. Rocket.Chat has no bound for custom fields of its own, and shows them whole. */
const longestText = 1000
const longestPart = { source: 150, path: 150, title: 80 }

/** What moves the text around it, is not drawn, or is half a sign. */
const unreadable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Counted as people do: a pair of surrogates is one. */
const signsOf = (text: string): string[] => [...text]

const tidy = (text: string, longest: number): string => {
  const signs = signsOf(text.replace(unreadable, ' ').replace(/\s+/g, ' ').trim())
  return signs.length > longest ? `${signs.slice(0, longest - 1).join('')}…` : signs.join('')
}

/** As it is read in the address bar: letters, and no codes for them. */
const legible = (address: string): string => {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const durationText = (ms: number): string => {
  if (ms < minuteMs) return `${Math.max(0, Math.floor(ms / 1000))} sec`
  return ms < hourMs ? `${Math.floor(ms / minuteMs)} min` : `${Math.floor(ms / hourMs)} h`
}

const sourceText = (source: string | undefined): string => (source ? `${tidy(source, longestPart.source)} · ` : '')

/** One page: how the visitor came to it, where it is, what it is called, and how long they stayed. */
const pageText = (
  { href, title, source, at }: JourneyPage,
  next: JourneyPage | undefined,
  nowMs: number,
  origin: string,
) => {
  const path = href.startsWith(`${origin}/`) ? href.slice(origin.length) : href
  const name = tidy(title, longestPart.title)
  const stay = next ? durationText(next.at - at) : `(now, ${durationText(nowMs - at)})`
  return `${sourceText(source)}${tidy(legible(path), longestPart.path)}${name && ` “${name}”`} ${stay}`
}

/**
 * “from google.com · /shoes “Shoes” 2 min → /cart “Cart” (now, 40 sec)”. Of a text that is too long the oldest pages are left out, and how the
 * visitor came is kept. Empty without a page.
 */
export const journeyText = ({ pages, source }: Journey, nowMs: number, origin: string): string => {
  const texts = pages.map((page, place) => pageText(page, pages[place + 1], nowMs, origin))
  const beginningAt = (first: number): string => {
    const earlier = sourceText(lastSource(source, pages.slice(0, first)))
    return `${earlier}${earlier || first ? '… → ' : ''}${texts.slice(first).join(' → ')}`
  }
  // The last page alone always fits, by the bounds of its parts.
  return texts.map((_text, first) => beginningAt(first)).find((text) => signsOf(text).length <= longestText) ?? ''
}
