import type { Json } from '../wire/errors'
import { isObject } from '../wire/errors'
import { black, css, decodeColor, readableOn, textOn, type Rgb } from './colors'

/** The little of the server's config that the launcher lives on. */
export interface Looks {
  enabled: boolean
  color: string
  left: boolean
  language?: string
  triggers: boolean
}

export const looksOf = (config: Json = {}): Looks => {
  const part = (name: string): Json => (isObject(config[name]) ? config[name] : {})
  const { color, offlineColor, position } = part('theme')
  const { language } = part('settings')
  const wanted = config.online === false ? offlineColor : color
  return {
    enabled: config.enabled !== false,
    color: typeof wanted === 'string' ? wanted : '',
    left: position === 'left',
    language: typeof language === 'string' ? language : undefined,
    triggers: Array.isArray(config.triggers) && config.triggers.length > 0,
  }
}

const standard: Rgb = [59, 76, 202]
const paper: Rgb = [255, 255, 255]
const night: Rgb = [24, 25, 31]

/** The brand's colours as properties: as ground, as text on that ground, and as text on the panel. The host's `--tagalong-accent` goes before the server's colour. */
export const paint = (face: HTMLElement, wanted: string, dark: boolean): void => {
  const { style } = face
  const computed = getComputedStyle(face)
  let brand = standard
  for (const name of [wanted, computed.getPropertyValue('--tagalong-accent').trim()]) {
    style.color = ''
    style.color = name
    if (style.color) brand = decodeColor(computed.color) ?? brand
  }
  style.color = ''
  const text = textOn(brand)
  style.setProperty('--brand', css(brand))
  style.setProperty('--on-brand', css(text))
  style.setProperty('--shade', text === black ? '#fff' : '#000')
  style.setProperty('--ink-brand', css(readableOn(dark ? night : paper, brand)))
}
