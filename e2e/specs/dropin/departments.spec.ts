/** Who answers: departments, business units, agents, and triggers that speak before anybody does. */
import type { Server } from '../../test.ts'
import { expect, official, test } from './official.ts'

const departments = [
  { _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: false, agents: ['ana'], unit: 'u1' },
  { _id: 'd2', name: 'Support', showOnRegistration: true, showOnOfflineForm: false, agents: ['ben'], unit: 'u2' },
]
const rooms = async (server: Server) =>
  (await server.do<{ rooms: { departmentId?: string; servedBy?: { username: string } }[] }>('GET', 'rooms')).rooms.map(
    ({ departmentId, servedBy }) => [departmentId, servedBy?.username],
  )

test.beforeEach(({ server }) => server.settings({ departments, routing: 'auto', limiter: false }))

for (const when of ['before load', 'after load', 'when the visitor is registered'])
  test(`a department that is set ${when} gets the conversation, by name or id`, async ({ visitor, server, dropin }) => {
    await dropin.open(when === 'before load' ? `RocketChat(function () { this.setDepartment('Support') })` : '')
    if (when === 'when the visitor is registered') {
      await dropin.call('registerGuest', { token: 'ada', name: 'Ada', department: 'Sales' })
      await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/visitor')).length).toBe(1)
    }
    if (when !== 'before load') await dropin.call('setDepartment', 'd2')
    await dropin.call('maximizeWidget')
    await visitor.widget.say('Hello')
    await expect.poll(() => rooms(server)).toEqual([['d2', 'ben']])
  })

test(
  'a department that is set during a conversation leaves it where it is, and a transfer moves it',
  official('setDepartment - Called during ongoing conversation', 'transferChat - Called during ongoing conversation'),
  async ({ visitor, server, dropin, said }) => {
    await dropin.open(`RocketChat(function () { this.initialize({ department: 'Sales' }) })`)
    await dropin.call('transferChat', 'Support')
    await expect.poll(() => said.filter((line) => line.includes('transferChat() was refused')).length).toBe(1)
    await dropin.call('maximizeWidget')
    await visitor.widget.say('Hello')
    await expect.poll(() => rooms(server)).toEqual([['d1', 'ana']])
    await dropin.call('setDepartment', 'Support')
    await visitor.widget.say('Again')
    await expect.poll(() => server.said()).toEqual(['Hello', 'Again'])
    expect(await rooms(server)).toEqual([['d1', 'ana']])
    await dropin.call('transferChat', 'Support')
    await expect.poll(() => rooms(server)).toEqual([['d2', 'ben']])
    await dropin.call('transferChat', 'Nowhere')
    await expect.poll(() => said.filter((line) => line.includes('transferChat() was refused')).length).toBe(2)
    expect(await rooms(server)).toEqual([['d2', 'ben']])
  },
)

test('a conversation on a page that nobody has opened it on is transferred as well', async ({
  visitor,
  server,
  dropin,
}) => {
  await dropin.chat(`RocketChat(function () { this.setDepartment('Sales') })`)
  await visitor.widget.say('Hello')
  await expect.poll(() => rooms(server)).toEqual([['d1', 'ana']])
  await dropin.call('minimizeWidget')
  await expect(visitor.widget.panel).toHaveCount(0)
  await visitor.page.reload()
  await dropin.call('transferChat', 'd2')
  await expect.poll(() => rooms(server)).toEqual([['d2', 'ben']])
})

test(
  'a department that is cleared before a conversation is not asked for',
  official('OC - Livechat API - clearDepartment'),
  async ({ visitor, server, dropin }) => {
    await dropin.chat(`RocketChat(function () { this.setDepartment('Support'); this.clearDepartment() })`)
    await visitor.widget.say('Hello')
    await expect.poll(() => rooms(server)).toEqual([['d1', 'ana']])
    const asked = (await server.ledger('GET /api/v1/livechat/config')).map(({ query }) => query)
    expect(asked.filter((query) => (query as { department?: string }).department)).toEqual([])
  },
)

test(
  'the agent whom the host wants gets the conversation, and is forgotten with another department',
  official('OC - Livechat API - setAgent'),
  async ({ visitor, server, dropin, said }) => {
    await server.settings({ departments: [{ ...departments[0], agents: undefined }, departments[1]] })
    await dropin.open(`RocketChat(function () { this.setAgent({ _id: 'benAgent00000002x' }) })`)
    expect(said.filter((line) => line.includes('both are needed'))).toHaveLength(1)
    await dropin.call('setAgent', { _id: 'benAgent00000002x', username: 'ben' })
    await dropin.call('maximizeWidget')
    await visitor.widget.say('Hello')
    await expect.poll(() => rooms(server)).toEqual([['d1', 'ben']])
    await server.agent({ does: 'close' })
    await dropin.call('setDepartment', 'Sales')
    await visitor.widget.button('New chat').click()
    await visitor.widget.say('Anybody')
    await expect.poll(async () => (await rooms(server)).at(-1)).toEqual(['d1', 'ana'])
  },
)

test(
  'a business unit offers its own departments, and all are offered again without it',
  official('OC - Livechat API - setBusinessUnit', 'OC - Livechat API - clearBusinessUnit'),
  async ({ visitor, server, dropin, said }) => {
    await server.settings({ registrationForm: true })
    await dropin.open()
    await dropin.call('setBusinessUnit', ' ')
    await dropin.call('setBusinessUnit', 'u2')
    await dropin.call('maximizeWidget')
    await expect(visitor.widget.button('Start chat')).toBeVisible()
    const offered = () => visitor.widget.panel.locator('option').allInnerTexts()
    await expect.poll(async () => (await offered()).join()).not.toContain('Sales')
    await dropin.call('clearBusinessUnit')
    await expect.poll(async () => (await offered()).join()).toContain('Sales')
    expect(said.filter((line) => line.includes('setBusinessUnit() takes an id'))).toHaveLength(1)
  },
)

test(
  'triggers go by the address that the host names, and tell a service what the host says of the guest',
  official('OC - Livechat API - setParentUrl'),
  async ({ visitor, server, dropin }) => {
    const condition = { name: 'page-url', value: '/checkout' }
    await server.settings({
      externalService: [{ msg: 'Free delivery for you', order: 0 }],
      triggers: [
        {
          _id: 't1',
          enabled: true,
          conditions: [condition],
          actions: [{ name: 'use-external-service', params: { sender: 'custom', name: 'Shop' } }],
        },
      ],
    })
    await dropin.open(`RocketChat(function () { this.setGuestMetadata({ cart: '3 items' }) })`)
    await expect(visitor.launcher).toBeVisible()
    await expect(visitor.widget.root.locator('.greeting')).toHaveCount(0)
    await dropin.call('setParentUrl', 'https://shop.example/checkout')
    await expect(visitor.widget.root.locator('.greeting')).toContainText('Free delivery for you')
    const calls = await server.ledger('external-service/call')
    expect(calls.map(({ body }) => body)).toEqual([
      expect.objectContaining({ extraData: [{ key: 'cart', value: '3 items' }] }),
    ])
  },
)
