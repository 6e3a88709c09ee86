import { expect, test } from 'playwright/test'
import { looksOf } from './looks'

test('the language of the host comes before that of the page, and the server’s comes last', () => {
  const config = { settings: { language: 'pl' } }
  expect(looksOf({ language: 'nl' }, config, ['de']).language).toBe('nl')
  expect(looksOf({}, config, ['', 'de']).language).toBe('de')
  expect(looksOf({}, config, ['tlh']).language).toBe('pl')
  expect(looksOf({}, {}, []).language).toBe('en')
})

test('start and end follow the direction of the language, left and right of the server do not', () => {
  const side = (position: 'start' | 'end' | undefined, language: string, server?: string) =>
    looksOf({ position, language }, { theme: { position: server } }, []).side
  expect([side('start', 'en'), side('end', 'en'), side('start', 'ar'), side('end', 'ar')]).toEqual([
    'left',
    'right',
    'right',
    'left',
  ])
  expect([side(undefined, 'en', 'left'), side(undefined, 'ar', 'left'), side(undefined, 'ar')]).toEqual([
    'left',
    'left',
    'right',
  ])
  expect(side('end', 'en', 'left')).toBe('right')
})

test('a server without an agent online has another colour', () => {
  const theme = { color: '#123456', offlineColor: '#777' }
  expect(looksOf({}, { theme, online: true }, []).color).toBe('#123456')
  expect(looksOf({}, { theme }, []).color).toBe('#123456')
  expect(looksOf({}, { theme, online: false }, []).color).toBe('#777')
})

test('without a theme the system decides', () => {
  expect(looksOf({}, {}, []).theme).toBe('auto')
  expect(looksOf({ theme: 'dark' }, {}, []).theme).toBe('dark')
})
