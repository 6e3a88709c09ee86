import type { Strings } from '../strings/en'
import type { Language } from '../../launcher/strings'

/** One download each. */
const files: Record<Language, () => Promise<{ strings: Strings }>> = {
  en: () => import('../strings/en'),
  de: () => import('../strings/de'),
  fr: () => import('../strings/fr'),
  es: () => import('../strings/es'),
  'pt-BR': () => import('../strings/pt-BR'),
  it: () => import('../strings/it'),
  nl: () => import('../strings/nl'),
  pl: () => import('../strings/pl'),
  tr: () => import('../strings/tr'),
  ru: () => import('../strings/ru'),
  ar: () => import('../strings/ar'),
  he: () => import('../strings/he'),
  ja: () => import('../strings/ja'),
  'zh-CN': () => import('../strings/zh-CN'),
}

/** A language that does not come leaves the chat in English. */
export const loadStrings = async (language: Language): Promise<Strings> =>
  (await files[language]().catch(files.en)).strings
