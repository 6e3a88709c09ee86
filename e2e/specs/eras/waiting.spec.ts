/** Conversations that nobody can hear, or that hear nobody. */
import { expect, test } from '../../test.ts'

test('where nobody may take the chat the visitor is not promised somebody for ever, and can leave a message', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false, contactVerification: true })
  const { widget, page } = visitor
  await page.clock.install()
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await expect(widget.panel).toContainText('Somebody will be with you soon…')
  await page.clock.fastForward(125_000)
  await expect(widget.panel).toContainText('Nobody has answered yet.')
  await expect(widget.panel).not.toContainText('Somebody will be with you soon…')
  await widget.button('Leave a message instead').click()
  const form = widget.root.getByRole('dialog', { name: 'Leave a message instead' })
  await form.getByLabel('Name').fill('Mia')
  await form.getByLabel('E-mail').fill('mia@shop.example')
  await form.getByLabel('Message', { exact: true }).fill('Call me')
  await form.getByRole('button', { name: 'Send message' }).click()
  await expect(form).toContainText('Thank you, we have your message.')
  const { mails } = await server.do<{ mails: { text: string; host: string }[] }>('GET', 'mails')
  expect(mails).toMatchObject([{ text: 'Call me', host: new URL(page.url()).origin }])
  await form.getByRole('button', { name: 'Close' }).click()
  await expect(form).toHaveCount(0)
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
})

test('where chats are routed at once nobody is told to wait, until nobody has answered for a while', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false, routing: 'auto', contactVerification: true })
  const { widget, page } = visitor
  await page.clock.install()
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await expect(widget.root.getByText('Sending…')).toHaveCount(0)
  await expect(widget.panel).not.toContainText('Somebody will be with you soon…')
  await page.clock.fastForward(125_000)
  await expect(widget.panel).toContainText('Nobody has answered yet.')
})

test('a socket that can be sent to but hears nothing is noticed by the message that does not come back', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  const { widget, page } = visitor
  await visitor.go('/')
  await page.evaluate(() => {
    window.states = []
    document.addEventListener('tagalong:connection', (event) =>
      window.states.push((event as CustomEvent<{ state: string }>).detail.state),
    )
  })
  const states = () => page.evaluate(() => window.states)
  await widget.open()
  await widget.say('one')
  await expect.poll(() => server.said()).toEqual(['one'])
  await expect.poll(states).toEqual(['connecting', 'live'])
  await server.faults({ socket: 'deaf' })
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'Do you hear me?' })
  await widget.say('two')
  await expect.poll(widget.bubbles).toEqual(['me: one', 'them: Do you hear me?', 'me: two'])
  await expect.poll(states).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live'])
  await server.agent({ does: 'say', text: 'Now I do' })
  await expect.poll(async () => (await widget.bubbles()).at(-1)).toBe('them: Now I do')
})
