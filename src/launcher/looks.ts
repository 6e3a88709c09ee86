import type { Options } from '../options'
import type { Json } from '../wire/json'
import type { PlacedElement } from './contracts'
import { chooseLanguage, directionOf } from './language'
import type { Language } from './strings'

/**
 * Gives the element the looks that the options and the server's settings ask for, and returns its language. The host's options come first.
 * `pageLanguages` are those of the page and of the browser.
 */
export const applyLooks = (
  { host, container }: Pick<PlacedElement, 'host' | 'container'>,
  { theme = 'auto', position, offset, zIndex, language: wanted }: Omit<Options, 'server'>,
  { theme: serverTheme, settings, online }: Json,
  pageLanguages: readonly string[],
): Language => {
  const { color, offlineColor, position: serverSide } = (serverTheme ?? {}) as Json
  const language = chooseLanguage([wanted, ...pageLanguages, (settings as Json | undefined)?.language])
  const direction = directionOf(language)
  const isLeft = position ? (position === 'start') === (direction === 'ltr') : serverSide === 'left'
  const brand = online === false ? offlineColor : color
  container.lang = language
  container.dir = direction
  container.className = `widget ${theme} ${isLeft ? 'left' : 'right'}`
  if (typeof brand === 'string' && CSS.supports('color', brand)) container.style.setProperty('--server-color', brand)
  offset?.forEach((px, axis) => container.style.setProperty(axis ? '--offset-y' : '--offset-x', `${px}px`))
  // On the host element, where the page's own style sheet may set it as well.
  if (zIndex !== undefined) host.style.setProperty('--tagalong-z-index', `${zIndex}`)
  return language
}
