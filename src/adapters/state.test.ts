import { expect, test } from 'playwright/test'
import type { EventName, Events, Tagalong } from '../options/types'
import { changesOf } from './changes'
import { initialState, stateOf } from './state'

/** The events of a widget, told by hand. */
const createChat = () => {
  const listeners: [EventName, (detail: never) => void][] = []
  const on: Tagalong['on'] = (event, listener) => {
    listeners.push([event, listener])
    return () => {}
  }
  const tell = <E extends EventName>(event: E, detail: Events[E]) =>
    listeners.forEach(([name, listener]) => name === event && listener(detail as never))
  // Of a widget only its events are asked for.
  return { chat: { on } as Tagalong, tell }
}

test('the state is the same object until something has changed', () => {
  const { chat, tell } = createChat()
  const { getSnapshot, subscribe } = stateOf(chat)
  expect(getSnapshot()).toBe(initialState)
  const heard: number[] = []
  const stop = subscribe(() => heard.push(getSnapshot().unread))
  tell('unread', { count: 2 })
  const told = getSnapshot()
  expect(told).toEqual({ ...initialState, unread: 2 })
  tell('open', undefined)
  expect(told.open).toBe(false)
  expect(getSnapshot()).toBe(getSnapshot())
  stop()
  tell('unread', { count: 0 })
  expect(heard).toEqual([2, 2])
})

test('whoever asks later for the state of a widget sees what the first has seen, until it is destroyed', () => {
  const { chat, tell } = createChat()
  stateOf(chat)
  const agent = { name: 'Ana', username: 'ana' }
  tell('agent', agent)
  tell('connection', { state: 'live' })
  expect(stateOf(chat).getSnapshot()).toEqual({ unread: 0, open: false, agent, connection: 'live' })
  tell('destroy', undefined)
  expect(stateOf(chat).getSnapshot()).toBe(initialState)
})

test('an option that says the same is no change, however it is written', () => {
  Object.assign(globalThis, { Element: class {} })
  const before = { server: '/', theme: 'dark', guest: { name: 'Ada' }, sanitizeUrl: () => null } as const
  expect(changesOf(before, { ...before, guest: { name: 'Ada' }, sanitizeUrl: () => '' })).toBeUndefined()
  expect(changesOf(before, { ...before, theme: 'light' })).toEqual({ theme: 'light' })
  const { theme: _theme, ...without } = before
  expect(changesOf(before, without)).toEqual({ theme: undefined })
})
