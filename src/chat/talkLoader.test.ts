import { expect, test } from 'playwright/test'
import { begin } from '../../e2e/fakes/chatting'
import { createBrowser, settled } from '../../e2e/fakes/core'
import { serve } from '../../e2e/fakes/livechat'
import { FakeSocket } from '../../e2e/fakes/sockets'
import type { ImportTalk } from './talkLoader'

test.beforeEach(() => FakeSocket.install())

/** The host of the files answers with 404 until `mend` is called. */
const createMissingTalk = () => {
  let isMissing = true
  const importTalk: ImportTalk = () =>
    isMissing ? Promise.reject(new Error('Failed to fetch talk.js')) : import('./talk')
  return { importTalk, mend: () => (isMissing = false) }
}

test('a message is sent, and shown as sent, though the talk cannot be fetched', async () => {
  const browser = createBrowser()
  const { stored } = serve(browser)
  const { chat, states, reports, errors } = await begin(browser, undefined, createMissingTalk().importTalk)
  await chat.send('Hello')
  await settled()
  expect(stored.map(({ msg }) => msg)).toEqual(['Hello'])
  expect(states()).toEqual(['sent'])
  expect(reports[0]).toBe('ui-failed Error: Failed to fetch talk.js')
  expect(errors).toEqual([])
})

test('what only the talk can do is refused while it is missing, and never passes for done', async () => {
  const browser = createBrowser()
  serve(browser)
  const { importTalk, mend } = createMissingTalk()
  const { chat, errors } = await begin(browser, undefined, importTalk)
  await chat.send('Hello')
  await settled()
  await expect(chat.finish()).rejects.toThrow('Failed to fetch')
  await expect(chat.submitForm({ name: 'Mia' })).rejects.toThrow('Failed to fetch')
  expect(chat.room.value).toEqual({ id: 'room1', open: true })
  chat.setMuted(true)
  await settled()
  expect(chat.muted.value).toBe(false)
  expect(errors).toMatchObject([{ message: 'Failed to fetch talk.js' }])
  mend()
  chat.setMuted(true)
  await settled()
  expect(chat.muted.value).toBe(true)
})

test('a room that may have ended stays open until the talk can ask the server', async () => {
  const browser = createBrowser()
  const { state } = serve(browser)
  const { importTalk, mend } = createMissingTalk()
  const { chat, fire, core } = await begin(browser, undefined, importTalk)
  await chat.send('Hello')
  await settled()
  state.room = undefined
  await core.settings.fresh(0)
  core.settings.tell()
  chat.setOpen(true)
  await settled()
  expect(chat.room.value).toEqual({ id: 'room1', open: true })
  mend()
  fire('visible')
  await settled()
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  expect(chat.room.value).toEqual({ id: 'room1', open: false })
})
