/** What the agent at the desk sees of a page with the official snippet, as Rocket.Chat's own tests look for it in its client. */
import { openDesk, type Desk } from '../../stage/desk.ts'
import { expect, official, test as base } from './official.ts'

const test = base.extend<{ desk: Desk }>({
  desk: async ({ browser, server }, use) => {
    const desk = await openDesk(browser, server)
    await use(desk)
    await desk.stop()
  },
})

const ada = { token: 'token-of-ada', name: 'Ada Byron', email: 'Ada@Shop.Example' }

test.beforeEach(({ server }) => server.settings({ limiter: false, registrationForm: true, routing: 'auto' }))

test(
  'the form is there when the page opens the chat, and gone when it closes it',
  official('OC - Livechat API - Open and Close widget'),
  async ({ visitor, dropin }) => {
    await dropin.chat()
    await expect(visitor.widget.button('Start chat')).toBeVisible()
    await dropin.call('minimizeWidget')
    await expect(visitor.widget.button('Start chat')).toHaveCount(0)
    await expect(visitor.launcher).toBeVisible()
  },
)

test(
  'a guest whom the page registers is at the desk with name and address, and finds the messages again in another browser',
  official('OC - Livechat API - registerGuest'),
  async ({ visitor, dropin, desk, browser, site }) => {
    await dropin.chat()
    await expect(visitor.widget.button('Start chat')).toBeVisible()
    await dropin.call('registerGuest', ada)
    await expect(visitor.widget.button('Start chat')).toHaveCount(0)
    await visitor.widget.say('this_a_test_message_from_visitor')
    await desk.choose('Ada Byron')
    await expect(desk.bubbles).toHaveText(['this_a_test_message_from_visitor'])
    await desk.tab('Visitor')
    await expect(desk.card).toContainText('ada@shop.example')

    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${site.origin}/shop`)
    await page.waitForFunction(() => window.RocketChat.livechat)
    await page.evaluate(() => window.RocketChat.livechat.maximizeWidget!())
    await expect(page.getByRole('button', { name: 'Start chat' })).toBeVisible()
    await page.evaluate((guest) => window.RocketChat.livechat.registerGuest!(guest), ada)
    await expect(page.locator('tagalong-widget article.message')).toContainText('this_a_test_message_from_visitor')
    await context.close()
  },
)

test(
  'a guest who is registered again and again keeps the messages on screen',
  official('OC - Livechat API - registerGuest multiple times'),
  async ({ visitor, server, dropin, desk }) => {
    await dropin.chat()
    await dropin.call('registerGuest', ada)
    await visitor.widget.say('this_a_test_message_from_visitor')
    await expect.poll(visitor.widget.bubbles).toEqual(['me: this_a_test_message_from_visitor'])
    for (let times = 0; times < 6; times++) await dropin.call('registerGuest', ada)
    // Something that is later than all of that.
    await desk.choose('Ada Byron')
    await desk.say('this_is_a_test_message_from_agent')
    await expect
      .poll(visitor.widget.bubbles)
      .toEqual(['me: this_a_test_message_from_visitor', 'them: this_is_a_test_message_from_agent'])
    // The server takes five registrations a minute.
    const registrations = await server.ledger('POST /api/v1/livechat/visitor')
    expect(registrations.filter(({ body }) => JSON.stringify(body).includes(ada.token))).toHaveLength(1)
  },
)

test(
  'a name and an address that the page changes during a conversation change at the desk',
  official('OC - Livechat API - setGuestName', 'OC - Livechat API - setGuestEmail'),
  async ({ visitor, dropin, desk }) => {
    await dropin.chat()
    await dropin.call('registerGuest', ada)
    await visitor.widget.say('Hello')
    await desk.choose('Ada Byron')
    await expect(desk.bubbles).toHaveText(['Hello'])
    await dropin.call('setGuestName', 'changed Ada')
    await dropin.call('setGuestEmail', 'changed.Ada@Shop.Example')
    await expect(desk.page.locator('.detail header')).toContainText('changed Ada')
    await desk.tab('Visitor')
    await expect(desk.card).toContainText('changed.ada@shop.example')
  },
)

test(
  'a department that is set before the visitor fills in the form gets the conversation, and the other one not',
  official('setDepartment - Called before conversation'),
  async ({ visitor, server, dropin, desk }) => {
    const department = (_id: string, name: string, agent: string) => ({
      _id,
      name,
      showOnRegistration: false,
      showOnOfflineForm: false,
      agents: [agent],
    })
    await server.settings({ departments: [department('d1', 'Sales', 'ana'), department('d2', 'Support', 'ben')] })
    await dropin.open()
    await dropin.call('setDepartment', 'd2')
    await dropin.call('maximizeWidget')
    await visitor.widget.field('Name').fill('Ada Byron')
    await visitor.widget.field('E-mail').fill('ada@shop.example')
    await visitor.widget.button('Start chat').click()
    await visitor.widget.say('this_a_test_message_from_visitor')
    await desk.choose('Ada Byron')
    await expect(desk.bubbles).toHaveText(['this_a_test_message_from_visitor'])
    const { rooms } = await server.do<{ rooms: { departmentId?: string; servedBy?: { username: string } }[] }>(
      'GET',
      'rooms',
    )
    expect(rooms).toEqual([
      expect.objectContaining({ departmentId: 'd2', servedBy: expect.objectContaining({ username: 'ben' }) }),
    ])
  },
)
