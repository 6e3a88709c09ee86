import { ofDocument } from '../browser/document'
import type { Options } from '../options'
import type { Json } from '../wire/errors'
import { chooseLanguage, directionOf } from './language'
import type { Language } from './strings'

export interface Looks {
  language: Language
  direction: 'rtl' | 'ltr'
  /** `auto` follows the system. */
  theme: 'light' | 'dark' | 'auto'
  side: 'left' | 'right'
  /** As the server has it, which may be no colour at all. */
  color: string
}

/** What the options and the server's settings say of the looks. The host's options come first; `pageLanguages` are those of the page and the browser. */
export const looksOf = (
  { theme = 'auto', position, language: wanted }: Pick<Options, 'theme' | 'position' | 'language'>,
  config: Json,
  pageLanguages: readonly string[],
): Looks => {
  const server = (config.theme ?? {}) as Json
  const language = chooseLanguage([wanted, ...pageLanguages, (config.settings as Json | undefined)?.language])
  const direction = directionOf(language)
  const isLeft = position ? (position === 'start') === (direction === 'ltr') : server.position === 'left'
  return {
    language,
    direction,
    theme,
    side: isLeft ? 'left' : 'right',
    color: `${config.online === false ? server.offlineColor : server.color}`,
  }
}

/** Gives the element these looks. What the host's style sheet may set goes to the host element, all the rest to the container inside. */
export const applyLooks = (
  host: HTMLElement,
  container: HTMLElement,
  options: Options,
  config: Json,
): Pick<Looks, 'language'> => {
  const looks = looksOf(options, config, [ofDocument('documentElement').lang, ...navigator.languages])
  const { style } = container
  container.lang = looks.language
  container.dir = looks.direction
  container.className = `widget ${looks.theme} ${looks.side}`
  if (CSS.supports('color', looks.color)) style.setProperty('--server-color', looks.color)
  options.offset?.forEach((px, axis) => style.setProperty(axis ? '--offset-y' : '--offset-x', `${px}px`))
  if (options.zIndex !== undefined) host.style.setProperty('--tagalong-z-index', `${options.zIndex}`)
  return looks
}
