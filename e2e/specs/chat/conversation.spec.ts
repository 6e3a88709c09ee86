import { expect, test } from '../../test.ts'

const sales = { _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: true }
const support = { _id: 'd2', name: 'Support', showOnRegistration: true, showOnOfflineForm: true }

test('a conversation from the form to the survey', async ({ visitor, server, said }) => {
  await server.settings({
    limiter: false,
    queueing: true,
    registrationForm: true,
    allowSwitchingDepartments: true,
    departments: [sales, support],
    transcript: true,
  })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.field('Name').fill('Mia Ek')
  await widget.field('E-mail').fill('mia@shop.example')
  await widget.button('Start chat').click()
  await widget.say('Hello, is *anybody* there?')
  await expect.poll(widget.bubbles).toEqual(['me: Hello, is anybody there?'])
  await expect(widget.panel).toContainText('number 1')
  await server.agent({ does: 'take' })
  await expect(widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
  await expect(widget.panel).not.toContainText('number 1')
  await server.agent({ does: 'type' })
  await expect(widget.panel).toContainText('Ana Prado is typing…')
  await server.agent({ does: 'say', text: 'Yes: see [the sizes](https://shop.example/sizes) and `M`' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello, is anybody there?', 'them: Yes: see the sizes and M'])
  await expect(widget.panel).not.toContainText('is typing…')
  await expect(widget.panel.getByRole('link', { name: 'the sizes' })).toHaveAttribute(
    'href',
    'https://shop.example/sizes',
  )
  await server.agent({ does: 'transfer', to: 'ben' })
  await expect(widget.panel.getByRole('heading', { name: 'Ben Okoro' })).toBeVisible()
  await expect.poll(widget.notes).toContain('The chat was handed over to Ben Okoro')
  await widget.say('Hello Ben')
  await expect.poll(async () => (await server.said()).at(-1)).toBe('Hello Ben')
  await server.agent({ does: 'close', comment: 'Bye' })
  await expect(widget.button('New chat')).toBeVisible()
  await widget.root.getByRole('radio', { name: '5, very good' }).first().check({ force: true })
  await widget.button('Send rating').click()
  await expect
    .poll(async () => ((await server.do('GET', 'rooms')) as { rooms: { survey?: object }[] }).rooms[0]?.survey)
    .toEqual({ satisfaction: '5' })
  await widget.button('New chat').click()
  await widget.say('One more thing')
  await expect.poll(widget.bubbles).toEqual(['me: One more thing'])
  await expect
    .poll(() => server.said())
    .toEqual([
      'Hello, is *anybody* there?',
      'Yes: see [the sizes](https://shop.example/sizes) and `M`',
      'Hello Ben',
      'One more thing',
    ])
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: unknown[] }
  expect(rooms).toHaveLength(2)
  expect(said.filter((line) => /^(error|uncaught)/.test(line))).toEqual([])
})

test('a draft is kept, and the room begins with the first word and not before', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.composer.pressSequentially('Hel')
  await widget.close()
  await widget.open()
  await expect(widget.composer).toHaveValue('Hel')
  expect(await server.ledger('GET /api/v1/livechat/room')).toEqual([])
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  expect(await server.ledger('GET /api/v1/livechat/room')).toHaveLength(1)
})

test('the conversation goes on, open, on the next page, and after a reload', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await visitor.go('/next')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'say', text: 'Still there?' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: Still there?'])
  await visitor.page.reload()
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: Still there?'])
})

test('what comes while the panel is closed is counted on the button, until it is opened', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await widget.close()
  await server.agent({ does: 'say', text: 'one' })
  await server.agent({ does: 'say', text: 'two' })
  await expect(visitor.launcher).toContainText('2')
  await visitor.go('/next')
  await expect(visitor.launcher).toContainText('2')
  await widget.open()
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: one', 'them: two'])
  await widget.close()
  await expect(visitor.launcher).not.toContainText('2')
})

test('two tabs hold one conversation with one room, each message once', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const other = await visitor.tab()
  await visitor.go('/')
  await other.go('/other')
  await visitor.widget.open()
  await other.widget.open()
  await visitor.widget.composer.fill('from the first')
  await other.widget.composer.fill('from the second')
  await Promise.all([visitor.widget.composer.press('Enter'), other.widget.composer.press('Enter')])
  const both = ['me: from the first', 'me: from the second']
  for (const { widget } of [visitor, other])
    await expect.poll(async () => (await widget.bubbles()).sort()).toEqual(both)
  await expect.poll(async () => (await server.said()).length).toBe(2)
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'to both' })
  for (const { widget } of [visitor, other])
    await expect.poll(async () => (await widget.bubbles()).at(-1)).toBe('them: to both')
  expect(await visitor.widget.bubbles()).toEqual(await other.widget.bubbles())
  expect(((await server.do('GET', 'rooms')) as { rooms: unknown[] }).rooms).toHaveLength(1)
  expect((await server.said()).sort()).toEqual(['from the first', 'from the second', 'to both'])
  await visitor.widget.choose('End chat')
  await visitor.widget.button('End chat').click()
  for (const { widget } of [visitor, other]) await expect(widget.button('New chat')).toBeVisible()
})

test('with the panel closed and nothing said there is no socket and one question', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()
  // Left with its report on its way, the next page would ask whether the server is there.
  await expect.poll(async () => (await server.visits()).length).toBe(1)
  await visitor.go('/next')
  await expect.poll(async () => (await server.visits()).length).toBe(2)
  await expect(visitor.launcher).toBeVisible()
  expect(await server.ledger('config')).toHaveLength(1)
  expect(await server.ledger('websocket')).toEqual([])
})

test('a greeting of the server is shown on the address it is meant for, once, until the conversation begins', async ({
  visitor,
  server,
}) => {
  const trigger = (id: string, name: string, value: string, msg: string) => ({
    _id: id,
    runOnce: true,
    conditions: [{ name, value }],
    actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Ana', msg } }],
  })
  await server.settings({
    limiter: false,
    triggers: [trigger('t1', 'page-url', '/cart', 'Questions about your order?')],
  })
  const { widget } = visitor
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()
  await visitor.push('/cart', 'Cart')
  await expect(widget.root.getByText('Questions about your order?')).toBeVisible()
  await widget.open()
  await expect.poll(widget.bubbles).toEqual(['them: Questions about your order?'])
  await widget.say('Yes')
  await expect.poll(widget.bubbles).toEqual(['me: Yes'])
  await expect.poll(() => server.said()).toEqual(['Yes'])
})

test('with no agent online the visitor can leave a message', async ({ visitor, server }) => {
  await server.settings({ limiter: false, online: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.field('Name').fill('Mia')
  await widget.field('E-mail').fill('mia@shop.example')
  await widget.field('Message').fill('Call me')
  await widget.button('Send message').click()
  await expect(widget.panel).toContainText('Thank you, we have your message.')
  expect((await server.ledger('offline.message'))[0]?.body).toMatchObject({
    name: 'Mia',
    email: 'mia@shop.example',
    message: 'Call me',
  })
})

test('a page that comes back from the back/forward cache has its conversation, and what was said meanwhile', async ({
  visitor,
  server,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Firefox keeps no page that had a socket open when it was left.')
  await server.settings({ limiter: false })
  const { widget } = visitor
  await visitor.go('/a')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await expect(widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
  await visitor.rest()
  await visitor.mark()
  await visitor.go('/b')
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  await server.agent({ does: 'say', text: 'said on the other page' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: said on the other page'])
  await visitor.back()
  await visitor.returned()
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: said on the other page'])
  await server.agent({ does: 'say', text: 'and after' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: said on the other page', 'them: and after'])
})

test('after a reset nothing of the conversation is left, in any tab', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const other = await visitor.tab()
  await visitor.go('/')
  await other.go('/other')
  await visitor.widget.open()
  await other.widget.open()
  await visitor.widget.say('my secret')
  for (const { widget } of [visitor, other]) await expect.poll(widget.bubbles).toEqual(['me: my secret'])
  await visitor.page.evaluate(() => window.Tagalong((api) => api.reset()))
  for (const { widget } of [visitor, other]) await expect.poll(widget.bubbles).toEqual([])
  await visitor.widget.say('somebody else')
  await expect.poll(visitor.widget.bubbles).toEqual(['me: somebody else'])
  await expect
    .poll(async () =>
      ((await server.do('GET', 'rooms')) as { rooms: { v: { token: string } }[] }).rooms.map(({ v }) => v.token),
    )
    .toHaveLength(2)
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: { v: { token: string } }[] }
  expect(new Set(rooms.map(({ v }) => v.token)).size).toBe(2)
})
