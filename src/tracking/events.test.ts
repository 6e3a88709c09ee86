import { expect, test } from 'playwright/test'
import { createEvents } from './events'

const before = Object.getOwnPropertyDescriptor(globalThis, 'document')
const create = (options = {}) => {
  const document = new EventTarget()
  Object.defineProperty(globalThis, 'document', { value: document, configurable: true })
  return { document, ...createEvents(options) }
}
test.afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'document', before)
  else Reflect.deleteProperty(globalThis, 'document')
})

test('who listens hears what it is for, until it has enough, and so does the document', () => {
  const { document, emit, on } = create()
  const heard: unknown[] = []
  const off = on('unread', (detail) => heard.push(detail))
  on('ready', (detail) => heard.push(detail))
  document.addEventListener('tagalong:unread', (event) => heard.push((event as CustomEvent).detail))
  emit('unread', { count: 1 })
  off()
  emit('unread', { count: 2 })
  emit('ready', undefined)
  expect(heard).toEqual([{ count: 1 }, { count: 1 }, { count: 2 }, undefined])
})

test('who breaks breaks nobody else, and is said when the host debugs', async () => {
  const said: unknown[] = []
  const { error } = console
  console.error = (...words: unknown[]) => void said.push(words[1])
  const { emit, on } = create({ debug: true })
  const heard: string[] = []
  on('ready', () => {
    throw Error('at once')
  })
  on('ready', async () => Promise.reject(Error('later')))
  // As promises are where somebody has put their own in the place of the browser's.
  on('ready', () => ({ catch: (hear: (error: Error) => void) => hear(Error('elsewhere')) }))
  on('ready', () => heard.push('still'))
  emit('ready', undefined)
  await new Promise((resolve) => setTimeout(resolve))
  console.error = error
  expect(heard).toEqual(['still'])
  expect(said.map(String)).toEqual(['Error: at once', 'Error: elsewhere', 'Error: later'])
})

test('who listens anew while it hears is told of the next, not of the same again', () => {
  const { emit, on } = create()
  let times = 0
  const listen = () => {
    const off = on('ready', () => {
      times++
      off()
      if (times < 9) listen()
    })
  }
  listen()
  emit('ready', undefined)
  expect(times).toBe(1)
  emit('ready', undefined)
  expect(times).toBe(2)
})
