import type { Plural } from '../strings/en'

/** Fills `{name}` and the like with values; a name without a value stays as it is. */
export const fill = (text: string, values: object): string =>
  text.replace(/\{(\w+)\}/g, (whole, name) => `${(values as Record<string, unknown>)[name] ?? whole}`)

/** In the plural form that the language has for this number. */
export const countOf = (language: string, forms: Plural, n: number): string =>
  fill(forms[new Intl.PluralRules(language).select(n)] ?? forms.other, { n: n.toLocaleString(language) })

/** An amount with its unit, as the language writes it. */
export const quantity = (language: string, amount: number, unit: string) =>
  amount.toLocaleString(language, { style: 'unit', unit, maximumFractionDigits: 1 })

/** A duration as people say it: seconds up to a minute and a half, then minutes. */
export const duration = (language: string, seconds: number): string =>
  seconds < 90
    ? quantity(language, Math.ceil(seconds), 'second')
    : quantity(language, Math.round(seconds / 60), 'minute')
