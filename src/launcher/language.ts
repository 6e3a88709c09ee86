import { launcherNames, type Language } from './strings'

const base = (tag: string) => tag.split(/[-_]/)[0]!.toLowerCase()

/** The first wish that can be met: `pt` is met by `pt-BR`, `de-AT` by `de`. */
export const chooseLanguage = (wishes: readonly unknown[]): Language => {
  for (const wish of wishes) {
    const match = Object.keys(launcherNames).find((name) => base(name) === base(`${wish}`))
    if (match) return match as Language
  }
  return 'en'
}

export const directionOf = (language: Language): 'rtl' | 'ltr' => (/^(ar|he)/.test(language) ? 'rtl' : 'ltr')
