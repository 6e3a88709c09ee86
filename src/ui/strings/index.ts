import type { Strings } from './en'
import type { Language } from './launcher'

/** One download each. */
const files: Record<Language, () => Promise<{ strings: Strings }>> = {
  en: () => import('./en'),
  de: () => import('./de'),
  fr: () => import('./fr'),
  es: () => import('./es'),
  'pt-BR': () => import('./pt-BR'),
  it: () => import('./it'),
  nl: () => import('./nl'),
  pl: () => import('./pl'),
  tr: () => import('./tr'),
  ru: () => import('./ru'),
  ar: () => import('./ar'),
  he: () => import('./he'),
  ja: () => import('./ja'),
  'zh-CN': () => import('./zh-CN'),
}

/** A language that does not come leaves the chat in English. */
export const loadStrings = async (language: Language): Promise<Strings> => (await files[language]().catch(files.en)).strings
