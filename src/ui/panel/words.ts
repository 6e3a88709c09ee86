import type { Plural } from '../strings/en'

/** `{name}` and the like, filled. */
export const fill = (text: string, values: Record<string, string | number>): string => text.replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`)

export const count = (language: string, forms: Plural, n: number): string =>
  fill(forms[new Intl.PluralRules(language).select(n)] ?? forms.other, { n: new Intl.NumberFormat(language).format(n) })

const unit = (language: string, amount: number, name: string, unitDisplay: 'short' | 'long') =>
  new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 1 }).format(amount)

/** A span of time as people say it: seconds up to a minute and a half, then minutes. */
export const span = (language: string, seconds: number): string =>
  seconds < 90 ? unit(language, Math.max(0, Math.ceil(seconds)), 'second', 'short') : unit(language, Math.round(seconds / 60), 'minute', 'short')

export const size = (language: string, bytes: number): string => {
  const step = bytes < 1e6 ? 1 : 2
  return unit(language, Math.max(0.1, bytes / 1000 ** step), step === 1 ? 'kilobyte' : 'megabyte', 'short')
}
