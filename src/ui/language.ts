import type { Language } from './strings/launcher'

/** The first wish that can be met: `pt` is met by `pt-BR`, `de-AT` by `de`. */
export const chooseLanguage = (wishes: readonly (string | undefined)[], offered: readonly Language[]): Language => {
  for (const wish of wishes) {
    const tag = wish?.replace('_', '-').toLowerCase()
    const base = (name: string) => name.split('-')[0]
    const match =
      tag &&
      (offered.find((name) => name.toLowerCase() === tag) ??
        offered.find((name) => base(name) === base(tag)))
    if (match) return match
  }
  return 'en'
}

export const directionOf = (language: string): 'rtl' | 'ltr' => (/^(ar|he)/.test(language) ? 'rtl' : 'ltr')
