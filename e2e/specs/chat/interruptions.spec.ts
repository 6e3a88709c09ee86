import { expect, test, type Server } from '../../test.ts'

test.use({ kept: true })

/** What the server has stored of what was said, in order. */
const stored = async (server: Server): Promise<string[]> => {
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: { _id: string }[] }
  const lists = await Promise.all(
    rooms.map(
      async ({ _id }) =>
        ((await server.do('GET', `messages?rid=${_id}`)) as { messages: { t?: string; msg: string }[] }).messages,
    ),
  )
  return lists
    .flat()
    .filter(({ t }) => !t)
    .map(({ msg }) => msg)
}

test.beforeEach(async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(() => stored(server)).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await expect(visitor.widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
})

test('a dropped socket comes back with what was said meanwhile, each once', async ({ visitor: { widget }, server }) => {
  await server.faults({ socket: 'drop' })
  await expect(widget.banner).toContainText(/Reconnecting|No connection/)
  await server.agent({ does: 'say', text: 'in between' })
  await widget.say('me too')
  await server.faults()
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: in between', 'me: me too'])
  await server.agent({ does: 'say', text: 'and after' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: in between', 'me: me too', 'them: and after'])
  await expect(widget.banner).toHaveText('')
  expect(await stored(server)).toEqual(['Hello', 'in between', 'me too', 'and after'])
})

test('a server that starts again finds the conversation where it was', async ({ visitor: { widget }, server }) => {
  await server.restart()
  await server.settings({ limiter: false })
  await widget.say('Are you back?')
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: Are you back?'])
  await expect(widget.banner).toHaveText('')
  await server.agent({ does: 'say', text: 'Yes' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: Are you back?', 'them: Yes'])
  expect(await stored(server)).toEqual(['Hello', 'Are you back?', 'Yes'])
})

test('what is written during an outage waits, over a reload too, and leaves in order, each once', async ({
  visitor: { widget, page },
  server,
}) => {
  await server.plug(true)
  await widget.say('one')
  await widget.say('two')
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: one', 'me: two'])
  await expect(widget.panel).toContainText('Sending…')
  await server.plug(false)
  await expect(widget.panel).not.toContainText('Sending…')
  await expect.poll(() => stored(server)).toEqual(['Hello', 'one', 'two'])
  await server.faults({ match: 'POST /api/v1/livechat/message', drop: 'before' })
  await widget.say('three')
  await expect(widget.panel).toContainText('Sending…')
  await page.reload()
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: one', 'me: two', 'me: three'])
  await server.faults()
  await expect.poll(() => stored(server)).toEqual(['Hello', 'one', 'two', 'three'])
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: one', 'me: two', 'me: three'])
})

test('a lost answer is not taken for a lost message', async ({ visitor: { widget }, server }) => {
  await server.faults({ match: 'POST /api/v1/livechat/message', drop: 'after', times: 2 })
  await widget.say('once')
  await widget.say('twice')
  await expect(widget.panel).not.toContainText('Sending…')
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: once', 'me: twice'])
  expect(await stored(server)).toEqual(['Hello', 'once', 'twice'])
})

test('a limited message waits as long as the server says, and the visitor sees that', async ({
  visitor: { widget },
  server,
}) => {
  await server.settings({ limiter: true })
  await server.faults({ match: 'POST /api/v1/livechat/message', limit: { calls: 1, windowMs: 5000 } })
  await widget.say('one')
  await widget.say('two')
  await expect(widget.banner).toContainText(/Busy, sending again in/)
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'me: one', 'me: two'])
  await expect(widget.panel).not.toContainText('Sending…')
  expect(await stored(server)).toEqual(['Hello', 'one', 'two'])
})

test('a message the server refuses can be sent again', async ({ visitor: { widget }, server }) => {
  await server.settings({ limitTextLength: 5 })
  await widget.say('short')
  await expect.poll(() => stored(server)).toEqual(['Hello', 'short'])
  await server.settings({ limitTextLength: 3 })
  await widget.say('later')
  await expect(widget.panel).toContainText('Not sent.')
  await server.settings({ limitTextLength: false })
  await widget.button('Send again').click()
  await expect(widget.panel).not.toContainText('Not sent.')
  await expect.poll(() => stored(server)).toEqual(['Hello', 'short', 'later'])
})

test('where websockets are refused the chat goes on by polling', async ({ visitor: { widget, page }, server }) => {
  await server.faults({ socket: 'refuse' })
  await page.reload()
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  await server.agent({ does: 'say', text: 'by asking' })
  await expect.poll(widget.bubbles, { timeout: 40_000 }).toEqual(['me: Hello', 'them: by asking'])
})

test('a chat that ended while the socket was away is over', async ({ visitor: { widget }, server }) => {
  await server.faults({ socket: 'drop' })
  await expect(widget.banner).toContainText(/Reconnecting|No connection/)
  await server.agent({ does: 'close' })
  await server.faults()
  await expect(widget.button('New chat')).toBeVisible()
})
