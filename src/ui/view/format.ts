import type { Plural } from '../strings/en'

/** `{name}` and the like, filled. */
export const fill = (text: string, values: object): string =>
  text.replace(/\{(\w+)\}/g, (whole, name) => `${(values as Record<string, unknown>)[name] ?? whole}`)

export const countOf = (language: string, forms: Plural, n: number): string =>
  fill(forms[new Intl.PluralRules(language).select(n)] ?? forms.other, { n: n.toLocaleString(language) })

export const quantity = (language: string, amount: number, unit: string) =>
  amount.toLocaleString(language, { style: 'unit', unit, maximumFractionDigits: 1 })

/** A span of time as people say it: seconds up to a minute and a half, then minutes. */
export const duration = (language: string, seconds: number): string =>
  seconds < 90
    ? quantity(language, Math.ceil(seconds), 'second')
    : quantity(language, Math.round(seconds / 60), 'minute')
