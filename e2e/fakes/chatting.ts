/** Pages with a conversation on them. */
import { createChat } from '../../src/chat/chat'
import type { ImportTalk } from '../../src/chat/talkLoader'
import type { Options } from '../../src/options'
import { settled, type Browser } from './core'
import { message, streamed } from './livechat'
import { FakeSocket } from './sockets'

export const startMs = 1_700_000_000_000
let count = 0

/** Another page, or tab, of this browser, with the chat on it. */
export const begin = async (browser: Browser, options?: Options, importTalk?: ImportTalk) => {
  const tab = browser.tab(options)
  const chat = createChat(tab.core, importTalk)
  await settled()
  return {
    ...tab,
    chat,
    texts: () => chat.messages.value.filter(({ note }) => !note).map(({ text }) => text),
    states: () => chat.messages.value.map(({ state }) => state),
    /** The agent writes, later than anything before. */
    hear: (id: string, text = id, more: Record<string, unknown> = {}) =>
      FakeSocket.last().changed('stream-room-messages', 'room1', streamed(message(id, laterMs(), text, more))),
  }
}

export const laterMs = () => startMs + 100_000 + (count += 1000)

/** The server accepts the socket that was opened last, and its subscriptions. */
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
