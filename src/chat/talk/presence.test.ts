import { expect, test } from 'playwright/test'
import { begin, talk } from '../../../e2e/fakes/chatting'
import { createBrowser, createManualClock, settled, type Browser } from '../../../e2e/fakes/core'
import { serve } from '../../../e2e/fakes/livechat'
import { FakeSocket } from '../../../e2e/fakes/sockets'

test.beforeEach(() => FakeSocket.install())

const reportedStatuses = (browser: Browser) => browser.bodies('visitor.status').map(({ status }) => status)

test('the agent learns when the visitor has been away for five minutes, and when they are back', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  browser.reply('POST livechat/visitor.status', {})
  const { fire } = await talk(browser)
  fire('hidden')
  await clock.advance(299_000)
  fire('visible')
  await settled()
  fire('hidden')
  await clock.advance(299_000)
  expect(reportedStatuses(browser)).toEqual([])
  await clock.advance(2000)
  expect(reportedStatuses(browser)).toEqual(['away'])
  fire('visible')
  await settled()
  expect(reportedStatuses(browser)).toEqual(['away', 'online'])
})

test('a visitor who looks at another tab is not away, and that tab alone has a websocket', async () => {
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  serve(browser)
  const a = await talk(browser)
  const b = await begin(browser)
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await settled()
  b.fire('hidden')
  a.fire('hidden')
  b.fire('visible')
  await settled()
  expect(FakeSocket.open()).toHaveLength(1)
  await clock.advance(25_000)
  for (let minutes = 0; minutes < 12; minutes++) {
    FakeSocket.open().forEach((socket) => socket.hear({ msg: 'ping' }))
    await clock.advance(29_000)
  }
  expect(reportedStatuses(browser)).toEqual([])
})
