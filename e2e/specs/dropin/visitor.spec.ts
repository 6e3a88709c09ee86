/** Who the visitor is, as the official widget's methods tell it. */
import type { Server } from '../../test.ts'
import { expect, official, test } from './official.ts'

interface StoredVisitor {
  token: string
  name?: string
  username: string
  department?: string
  phone?: { phoneNumber: string }[]
  visitorEmails?: { address: string }[]
  livechatData?: Record<string, string>
}
const visitorsOf = async (server: Server) =>
  (await server.do<{ visitors: StoredVisitor[] }>('GET', 'visitors')).visitors
const facts = async (server: Server) =>
  (await visitorsOf(server)).map(({ name, visitorEmails }) => [name, visitorEmails?.[0]?.address])

const ada = { token: 'token-of-ada', name: 'Ada', email: 'Ada@Shop.Example' }
const bob = { token: 'token-of-bob', name: 'Bob', email: 'bob@shop.example' }

test('a guest is registered without the form and can write at once, and the agent sees name and lower-cased address', async ({
  visitor,
  server,
  dropin,
}) => {
  await server.settings({ registrationForm: true })
  await dropin.chat()
  await expect(visitor.widget.button('Start chat')).toBeVisible()
  await dropin.call('registerGuest', { name: 'Ada', email: 'Ada@Shop.Example', phone: '+49 30 1' })
  await expect(visitor.widget.composer).toBeVisible()
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  const [stored] = await visitorsOf(server)
  expect(stored).toMatchObject({
    name: 'Ada',
    visitorEmails: [{ address: 'ada@shop.example' }],
    phone: [{ phoneNumber: '+49 30 1' }],
  })
})

test('a guest whom the host has named is registered on the page’s first call, and never twice', async ({
  visitor,
  server,
  dropin,
}) => {
  await dropin.open(
    `RocketChat(function () { this.registerGuest(${JSON.stringify(ada)}); this.registerGuest(${JSON.stringify(ada)}) })`,
  )
  await expect.poll(() => facts(server)).toEqual([['Ada', 'ada@shop.example']])
  await visitor.page.reload()
  await dropin.call('registerGuest', ada)
  await visitor.push('/next', 'Next')
  await expect.poll(async () => (await server.visits()).length).toBe(2)
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toHaveLength(1)
})

test(
  'the same token in a second browser shows the earlier messages',
  official('OC - Livechat API - setGuestToken'),
  async ({ visitor, server, dropin, browser, site }) => {
    await server.settings({ limiter: false })
    await dropin.open()
    await dropin.call('registerGuest', ada)
    // Nobody writes as fast as a test: what is written while the token is being taken would be the one before's.
    await expect.poll(() => facts(server)).toHaveLength(1)
    await dropin.call('maximizeWidget')
    await visitor.widget.say('From the first')
    await expect.poll(() => server.said()).toEqual(['From the first'])
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${site.origin}/shop`)
    await page.waitForFunction(() => window.RocketChat.livechat)
    await page.evaluate((guest) => window.RocketChat.livechat.setGuestToken!(guest.token), ada)
    await page.evaluate(() => window.RocketChat.livechat.maximizeWidget!())
    await expect(page.locator('tagalong-widget article.message')).toContainText('From the first')
    await context.close()
  },
)

for (const tokens of ['with tokens', 'without tokens'])
  test(
    `a second guest replaces the first, ${tokens}: messages vanish, and the first guest’s come back with the first`,
    official('OC - Livechat API - registerGuest different guests'),
    async ({ visitor, server, dropin }) => {
      await server.settings({ limiter: false })
      const [one, other] = [ada, bob].map(({ token, ...guest }) =>
        tokens === 'with tokens' ? { token, ...guest } : guest,
      )
      await dropin.open()
      await dropin.call('registerGuest', one)
      await expect.poll(() => facts(server)).toHaveLength(1)
      await dropin.call('maximizeWidget')
      await visitor.widget.say('I am Ada')
      await expect.poll(visitor.widget.bubbles).toEqual(['me: I am Ada'])
      await dropin.call('registerGuest', one)
      await dropin.call('registerGuest', other)
      await expect.poll(visitor.widget.bubbles).toEqual([])
      await visitor.widget.say('I am Bob')
      await expect.poll(() => server.said()).toEqual(['I am Ada', 'I am Bob'])
      expect((await facts(server)).sort()).toEqual([
        ['Ada', 'ada@shop.example'],
        ['Bob', 'bob@shop.example'],
      ])
      if (tokens === 'without tokens') return
      await dropin.call('registerGuest', one)
      await expect.poll(visitor.widget.bubbles).toEqual(['me: I am Ada'])
    },
  )

test(
  'fields of the visitor and of the conversation are kept until there is one, in both forms of the arguments',
  official('OC - Livechat API - setCustomField'),
  async ({ visitor, server, dropin, said }) => {
    await server.settings({
      limiter: false,
      customFields: [
        { _id: 'plan', label: 'Plan', type: 'input', required: false },
        { _id: 'shoe', label: 'Shoe size', type: 'input', required: false },
        { _id: 'colour', label: 'Colour', type: 'input', required: false },
        { _id: 'order', label: 'Order', type: 'input', required: false, scope: 'room' },
      ],
    })
    await dropin.chat(`RocketChat(function () {
      this.initialize({ customField: ['plan', 'gold', true], setCustomFields: [{ key: 'shoe', value: '42', overwrite: true }, ['colour', 'red']] })
      this.setCustomField('order', '1001')
      this.setCustomField('nonsense', 'x')
    })`)
    const fields = async () => (await visitorsOf(server))[0]?.livechatData
    await expect.poll(fields).toEqual({ plan: 'gold', shoe: '42', colour: 'red' })
    await dropin.call('setCustomField', 'plan', 'silver', false)
    await dropin.call('setCustomField', 'colour', 'blue')
    await expect.poll(fields).toEqual({ plan: 'gold', shoe: '42', colour: 'blue' })
    await visitor.widget.say('Hello')
    const orders = async () =>
      (await server.do<{ rooms: { livechatData?: Record<string, string> }[] }>('GET', 'rooms')).rooms.map(
        ({ livechatData }) => livechatData?.order,
      )
    await expect.poll(orders).toEqual(['1001'])
    expect(said.filter((line) => line.includes('custom field')).length).toBe(1)
  },
)
