/** A page with the conversation on it, for its tests. */
import { createChat } from '../../src/chat/chat'
import type { Options } from '../../src/options'
import { settled, type Browser } from './core'
import { message, streamed } from './livechat'
import { FakeSocket } from './sockets'

export const startMs = 1_700_000_000_000
let count = 0

/** Another page, or tab, of this browser. */
export const begin = async (browser: Browser, options?: Options) => {
  const tab = browser.tab(options)
  const chat = createChat(tab.core)
  await settled()
  return {
    ...tab,
    chat,
    texts: () => chat.messages.value.filter(({ note }) => !note).map(({ text }) => text),
    states: () => chat.messages.value.map(({ state }) => state),
    /** Something is said by the agent, later than all before. */
    hear: (id: string, text = id, more: Record<string, unknown> = {}) =>
      FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(id, laterMs(), text, more))),
  }
}

export const laterMs = () => startMs + 100_000 + (count += 1000)

/** The socket opened last is accepted, and its subscriptions are. */
export const connect = async () => {
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
}

/** A conversation with a first message, and a socket. */
export const talk = async (browser: Browser, options?: Options) => {
  const tab = await begin(browser, options)
  tab.chat.setOpen(true)
  await tab.chat.send('first')
  await settled()
  await connect()
  return tab
}
