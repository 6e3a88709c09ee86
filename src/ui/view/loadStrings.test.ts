import { expect, test } from 'playwright/test'
import { strings as english, type Plural } from '../strings/en'
import { launcherNames, type Language } from '../../launcher/strings'
import { loadStrings } from './loadStrings'

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
const forms = (value: string | Plural): string[] => (typeof value === 'string' ? [value] : Object.values(value))

for (const language of Object.keys(launcherNames) as Language[])
  test(`${language} says everything, with the same places to fill and every plural its language has`, async () => {
    const words = await loadStrings(language)
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    for (const [name, value] of Object.entries(words) as [keyof typeof english, string | Plural][]) {
      const wanted = places(forms(english[name]).at(-1)!)
      for (const text of forms(value)) {
        expect(text.trim(), name).not.toBe('')
        // Where a form is for one number only, the number may be in words.
        if (typeof value === 'string') expect(places(text), name).toEqual(wanted)
      }
      if (typeof value === 'string') continue
      expect(places(value.other), name).toEqual(wanted)
      const numbers = Array.from({ length: 120 }, (_, index) => index + 1)
      for (const n of numbers) {
        const form = new Intl.PluralRules(language).select(n)
        expect(value[form] ?? value.other, `${name} ${n}`).toBeTruthy()
        if (!value[form]) expect(['many', 'other', 'zero'], `${name} lacks ${form}`).toContain(form)
      }
    }
  })

test('a language that is not English is not English', async () => {
  for (const language of ['de', 'ja', 'ar'] as const)
    expect((await loadStrings(language)).welcome).not.toBe(english.welcome)
})
