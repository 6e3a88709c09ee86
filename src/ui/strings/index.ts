import type { Strings } from './en'
import type { Language } from './launcher'

/** One download each. */
const files: Partial<Record<Language, () => Promise<{ strings: Strings }>>> = {
  de: () => import('./de'),
}
const english = () => import('./en')

/** A language that does not come leaves the chat in English. */
export const loadStrings = async (language: Language): Promise<Strings> => (await (files[language] ?? english)().catch(english)).strings
