import { launcherNames, type Language } from './strings'

const base = (tag: string) => tag.replace(/[-_].*/, '').toLowerCase()

/** The first of the wanted languages that we have, regions aside: `pt-BR` for `pt`, `de` for `de-AT`. */
export const chooseLanguage = (wanted: readonly unknown[]): Language => {
  for (const tag of wanted) {
    const match = Object.keys(launcherNames).find((name) => base(name) === base(`${tag}`))
    if (match) return match as Language
  }
  return 'en'
}

export const directionOf = (language: Language): 'rtl' | 'ltr' => (/^(ar|he)/.test(language) ? 'rtl' : 'ltr')
