import { expect, test } from 'playwright/test'
import type { Options } from '../options'
import type { Json } from '../wire/json'
import { applyLooks } from './looks'

/** As much of an element as has looks. */
const createElement = () => {
  const properties: Record<string, string> = {}
  return {
    lang: '',
    dir: '',
    className: '',
    properties,
    style: { setProperty: (name: string, value: string) => void (properties[name] = value) },
  }
}

const looksOf = (options: Omit<Options, 'server'>, config: Json = {}, pageLanguages: string[] = []) => {
  const [host, container] = [createElement(), createElement()]
  applyLooks({ host, container } as unknown as Parameters<typeof applyLooks>[0], options, config, pageLanguages)
  return { ...container, hostProperties: host.properties }
}

test.beforeAll(() => {
  Object.assign(globalThis, { CSS: { supports: (_name: string, value: string) => value.startsWith('#') } })
})
test.afterAll(() => {
  Reflect.deleteProperty(globalThis, 'CSS')
})

test('the language of the host comes before that of the page, and the server’s comes last', () => {
  const config = { settings: { language: 'pl' } }
  expect(looksOf({ language: 'nl' }, config, ['de']).lang).toBe('nl')
  expect(looksOf({}, config, ['', 'de']).lang).toBe('de')
  expect(looksOf({}, config, ['tlh']).lang).toBe('pl')
  expect(looksOf({}).lang).toBe('en')
})

test('start and end follow the direction of the language, left and right of the server do not', () => {
  const classOf = (position: 'start' | 'end' | undefined, language: string, server?: string) =>
    looksOf({ position, language }, { theme: { position: server } }).className
  expect(classOf('start', 'en')).toBe('widget auto left')
  expect(classOf('end', 'en')).toBe('widget auto right')
  expect(classOf('start', 'ar')).toBe('widget auto right')
  expect(classOf('end', 'ar')).toBe('widget auto left')
  expect(classOf(undefined, 'en', 'left')).toBe('widget auto left')
  expect(classOf(undefined, 'ar', 'left')).toBe('widget auto left')
  expect(classOf(undefined, 'ar')).toBe('widget auto right')
  expect(classOf('end', 'en', 'left')).toBe('widget auto right')
})

test('a server without an agent online has another colour, and what is no colour is not taken', () => {
  const theme = { color: '#123456', offlineColor: '#777' }
  const colorOf = (config: Json) => looksOf({}, config).properties['--server-color']
  expect(colorOf({ theme, online: true })).toBe('#123456')
  expect(colorOf({ theme })).toBe('#123456')
  expect(colorOf({ theme, online: false })).toBe('#777')
  expect(colorOf({ theme: { color: 'nonsense' } })).toBeUndefined()
  expect(colorOf({})).toBeUndefined()
})

test('offsets and the layer are the host’s to set', () => {
  const { properties, hostProperties, className } = looksOf({ theme: 'dark', offset: [8, 12], zIndex: 7 })
  expect(className).toBe('widget dark right')
  expect(properties).toEqual({ '--offset-x': '8px', '--offset-y': '12px' })
  expect(hostProperties).toEqual({ '--tagalong-z-index': '7' })
})
