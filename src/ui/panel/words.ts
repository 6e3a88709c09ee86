import type { Plural } from '../strings/en'

/** `{name}` and the like, filled. */
export const fill = (text: string, values: object): string => text.replace(/\{(\w+)\}/g, (whole, name) => `${(values as Record<string, unknown>)[name] ?? whole}`)

export const count = (language: string, forms: Plural, n: number): string =>
  fill(forms[new Intl.PluralRules(language).select(n)] ?? forms.other, { n: n.toLocaleString(language) })

const measure = (language: string, amount: number, unit: string, unitDisplay: 'short' | 'narrow' = 'short') => amount.toLocaleString(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 })

/** A span of time as people say it: seconds up to a minute and a half, then minutes. */
export const span = (language: string, seconds: number): string =>
  seconds < 90 ? measure(language, Math.ceil(seconds), 'second', 'narrow') : measure(language, Math.round(seconds / 60), 'minute')

export const size = (language: string, bytes: number): string => (bytes < 1e6 ? measure(language, Math.ceil(bytes / 1000), 'kilobyte') : measure(language, bytes / 1e6, 'megabyte'))
