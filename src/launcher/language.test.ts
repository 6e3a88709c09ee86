import { expect, test } from 'playwright/test'
import { chooseLanguage, directionOf } from './language'

test('the first wanted language that there is is chosen', () => {
  expect(chooseLanguage(['fr', 'de'])).toBe('fr')
  expect(chooseLanguage([undefined, '', 'tlh', 'nl-BE', 'de'])).toBe('nl')
  expect(chooseLanguage([])).toBe('en')
  expect(chooseLanguage(['tlh', 'xx'])).toBe('en')
})

test('a region is met by its language, and a language by the region that there is', () => {
  expect(chooseLanguage(['de-AT'])).toBe('de')
  expect(chooseLanguage(['pt'])).toBe('pt-BR')
  expect(chooseLanguage(['pt_br'])).toBe('pt-BR')
  expect(chooseLanguage(['ZH-hans-CN'])).toBe('zh-CN')
})

test('Arabic and Hebrew run from right to left, the others do not', () => {
  expect(directionOf('ar')).toBe('rtl')
  expect(directionOf('he')).toBe('rtl')
  expect(directionOf('fr')).toBe('ltr')
})
