/** Who the visitor was with the official widget, where that has left it on the page's own origin: with a livechat server that lies in a folder of the site. */
import type { Page, Server } from '../../test.ts'
import { expect, snippet, test as base } from './official.ts'

const official = 'a1'.repeat(32)

/** A visitor of the official widget in the middle of a conversation: at the server, and what the widget (1.13.3) keeps of it in the browser. */
const chatWithTheOfficialOne = async (server: Server) => {
  const call = async (method: string, path: string, body?: unknown) =>
    (
      await fetch(`${server.origin}/api/v1/livechat/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    ).json() as Promise<{ visitor: { _id: string }; room: { _id: string } }>
  const { visitor } = await call('POST', 'visitor', {
    visitor: { token: official, name: 'Ada', email: 'ada@shop.example' },
  })
  const { room } = await call('GET', `room?token=${official}`)
  await call('POST', 'message', { token: official, rid: room._id, msg: 'Said before' })
  return {
    token: official,
    config: { enabled: true, settings: {}, theme: {}, triggers: [], departments: [] },
    user: { ...visitor, token: official, name: 'Ada', visitorEmails: [{ address: 'ada@shop.example' }] },
    sound: { src: '', enabled: true, play: false },
    iframe: { guest: {}, theme: {}, visible: true },
    minimized: true,
    room: { ...room, open: true },
  }
}

interface Moving {
  /** Opens a page with the snippet in a browser that has this under the official widget's key. `attribute`: of the script's tag. */
  arrive(kept: unknown, attribute?: [name: string, value: string]): Promise<void>
  kept(): Promise<string | null>
  tokens(): Promise<string[]>
}

const test = base.extend<{ moving: Moving }>({
  moving: async ({ visitor, server, site }, use) => {
    site.forward('/chat', server.origin)
    await use({
      async arrive(kept, [name, value] = ['dir', '']) {
        const plain = snippet(server, `${site.origin}/chat/livechat`)
        site.page('/shop', {
          title: 'Shop',
          head: plain.replace('j.async = true;', `j.async = true; j.setAttribute('${name}', '${value}');`),
        })
        site.page('/before', { title: 'Before us' })
        await visitor.go('/before')
        await visitor.page.evaluate((text) => localStorage.setItem('store', text), JSON.stringify(kept))
        await visitor.go('/shop')
        await visitor.page.waitForFunction(() => window.RocketChat.livechat)
      },
      kept: () => visitor.page.evaluate(() => localStorage.getItem('store')),
      tokens: async () => (await server.visits()).map(({ token }) => token),
    })
  },
})

/** Calls a method of our own API and waits for it. */
const ask = (page: Page, name: 'consent' | 'forget' | 'reset', given?: boolean) =>
  page.evaluate(
    ({ name, given }) =>
      new Promise<void>((resolve, reject) =>
        window.Tagalong((chat) => {
          const done: Promise<void> = name === 'consent' ? chat.consent(!!given) : chat[name]()
          done.then(resolve, reject)
        }),
      ),
    { name, given },
  )

test.beforeEach(({ server }) => server.settings({ limiter: false, routing: 'auto' }))

test('the visitor goes on with token, name and conversation from the first report on, without being registered again', async ({
  visitor,
  server,
  moving,
}) => {
  const kept = await chatWithTheOfficialOne(server)
  await moving.arrive(kept)
  await expect.poll(async () => (await server.visits())[0]).toMatchObject({ token: official, roomId: kept.room._id })
  // Nobody has opened the chat, and yet what the agent says is heard.
  await server.agent({ does: 'say', text: 'Still here?' })
  await expect(visitor.launcher).toContainText('1')
  await visitor.widget.open()
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Said before', 'them: Still here?'])
  await visitor.widget.say('I am')
  await expect.poll(() => server.said()).toEqual(['Said before', 'Still here?', 'I am'])
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toHaveLength(1)
  // The official widget may still be on other pages of the site.
  expect(JSON.parse((await moving.kept())!)).toEqual(kept)
})

for (const [attribute, value] of [
  ['data-tracking', 'consent'],
  ['data-honor-privacy-signals', 'true'],
] as const)
  test(`with ${attribute} nothing of it leaves before the visitor agrees, and then all goes on`, async ({
    visitor,
    server,
    moving,
  }) => {
    const kept = await chatWithTheOfficialOne(server)
    const callsBefore = (await server.ledger('/api/')).length
    await visitor.page.addInitScript(() =>
      Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value: true }),
    )
    await moving.arrive(kept, [attribute, value])
    await expect(visitor.launcher).toBeVisible()
    await visitor.widget.open()
    await expect(visitor.widget.panel).toContainText('Before we start')
    expect(await server.ledger('/api/')).toHaveLength(callsBefore)
    expect(await visitor.page.evaluate(() => Object.keys(localStorage))).toEqual(['store'])
    await visitor.widget.button('I agree').click()
    await expect.poll(visitor.widget.bubbles).toEqual(['me: Said before'])
    await expect.poll(moving.tokens).toEqual([official])
  })

for (const how of ['reset', 'forget', 'consent'] as const)
  test(`after ${how === 'consent' ? 'consent(false)' : `${how}()`} the visitor never comes back from there`, async ({
    visitor,
    server,
    moving,
  }) => {
    await moving.arrive(await chatWithTheOfficialOne(server))
    await expect.poll(moving.tokens).toEqual([official])
    await ask(visitor.page, how, false)
    if (how === 'consent') await ask(visitor.page, how, true)
    await expect.poll(moving.kept).toBe(null)
    // As a browser that has lost its database.
    await visitor.page.evaluate(async () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith('tagalong')) localStorage.removeItem(key)
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!)
    })
    await visitor.go('/shop')
    await visitor.push('/next', 'Next')
    await expect.poll(async () => (await server.visits()).at(-1)?.title).toBe('Next')
    expect((await moving.tokens()).slice(1)).not.toContain(official)
  })

test('another guest is another visitor, and the first one is not found there any more', async ({
  visitor,
  server,
  dropin,
  moving,
}) => {
  await moving.arrive(await chatWithTheOfficialOne(server))
  await dropin.call('registerGuest', { name: 'Bob', email: 'bob@shop.example' })
  await expect.poll(moving.kept).toBe(null)
  await dropin.call('maximizeWidget')
  await visitor.widget.say('I am Bob')
  await expect.poll(() => server.said()).toEqual(['Said before', 'I am Bob'])
})

test('what another script keeps under that name is left alone, and so is a token of another server', async ({
  visitor,
  server,
  dropin,
  moving,
}) => {
  const basket = { token: official, items: [] }
  await moving.arrive(basket)
  await expect.poll(moving.tokens).toEqual([expect.not.stringMatching(official)])
  await ask(visitor.page, 'forget')
  expect(JSON.parse((await moving.kept())!)).toEqual(basket)
  // The same page, with a server on an origin of its own.
  await visitor.page.evaluate(
    (text) => localStorage.setItem('store', text),
    JSON.stringify(await chatWithTheOfficialOne(server)),
  )
  dropin.host('/elsewhere')
  await visitor.go('/elsewhere')
  await expect.poll(async () => (await server.visits()).at(-1)?.title).toBe('Shop /elsewhere')
  expect(await moving.tokens()).not.toContain(official)
})
