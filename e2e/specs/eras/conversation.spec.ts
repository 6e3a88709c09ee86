/** One whole conversation, with the built files, against the server of every era. */
import { expect, test, type Server } from '../../test.ts'

const note = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('the small print') })

/** The newest room's messages, without those of the server itself. */
const stored = async (server: Server) => {
  const { rooms } = await server.do<{ rooms: { _id: string; open?: boolean }[] }>('GET', 'rooms')
  const lists = await Promise.all(
    rooms.map(({ _id }) =>
      server.do<{ messages: { t?: string; msg: string; file?: { name: string } }[] }>('GET', `messages?rid=${_id}`),
    ),
  )
  return {
    open: rooms.filter(({ open }) => open).length,
    said: lists.flatMap(({ messages }) => messages.filter(({ t }) => !t).map(({ msg, file }) => file?.name ?? msg)),
  }
}

for (const dialect of ['v0', 'v6', 'v7', 'current', 'v9'])
  test(`registered, spoken with both ways, given a file and ended, at a server of the dialect ${dialect}`, async ({
    visitor,
    server,
    said,
  }) => {
    await server.settings({ dialect, limiter: false, registrationForm: true, fileUpload: true })
    const { widget } = visitor
    await visitor.go('/')
    await widget.open()
    await widget.field('Name').fill('Mia Ek')
    await widget.field('E-mail').fill('mia@shop.example')
    await widget.button('Start chat').click()
    await widget.say('Is anybody there?')
    await expect.poll(widget.bubbles).toEqual(['me: Is anybody there?'])
    await expect.poll(async () => (await stored(server)).open).toBe(1)
    await server.agent({ does: 'take' })
    await expect(widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
    await server.agent({ does: 'type' })
    await expect(widget.panel).toContainText('Ana Prado is typing…')
    await server.agent({ does: 'say', text: 'Yes' })
    await server.agent({ does: 'file', name: 'terms.txt', type: 'text/plain', text: 'the small print' })
    await expect(widget.root.getByRole('link', { name: /terms\.txt/ })).toBeVisible()
    await widget.attach(note('mine.txt'))
    // The first servers allow no header that an upload needs.
    if (dialect === 'v0') {
      await expect(widget.uploads).toContainText('Files cannot be sent from this website.')
      await widget.button('Discard').click()
    } else await expect(widget.root.getByRole('link', { name: /mine\.txt/ })).toBeVisible()
    await widget.choose('End chat')
    await widget.button('End chat').click()
    await expect(widget.button('New chat')).toBeVisible()
    expect(await stored(server)).toEqual({
      open: 0,
      said: ['Is anybody there?', 'Yes', 'terms.txt', ...(dialect === 'v0' ? [] : ['mine.txt'])],
    })
    await expect.poll(async () => (await server.visits()).length).toBe(1)
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
  })

for (const dialect of ['v0', 'current', 'v9'])
  test(`a visitor whom a server of the dialect ${dialect} has lost is registered again by the next message`, async ({
    visitor,
    server,
  }) => {
    await server.settings({ dialect, limiter: false, collectHeaders: true })
    const { widget } = visitor
    await visitor.go('/')
    await widget.open()
    await widget.say('before')
    await expect.poll(() => server.said()).toEqual(['before'])
    const { visitors } = await server.do<{ visitors: { token: string }[] }>('GET', 'visitors')
    // Nothing else may tell the widget that its room is gone: that would end the chat before the message.
    await server.faults({ socket: 'refuse' })
    await widget.composer.fill('after')
    await fetch(`${server.origin}/api/v1/livechat/visitor/${visitors[0]!.token}`, { method: 'DELETE' })
    await widget.composer.press('Enter')
    await expect.poll(() => server.said()).toEqual(['after'])
  })

test('a message whose answer a server of 0.7x has not brought home is found in its history, and not called lost', async ({
  visitor,
  server,
}) => {
  await server.settings({ dialect: 'v0', limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('first')
  await expect.poll(() => server.said()).toEqual(['first'])
  // Nothing else may bring it.
  await server.faults({ socket: 'refuse' }, { match: 'POST /api/v1/livechat/message', drop: 'after', times: 1 })
  await widget.say('second')
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/message')).map(({ status }) => status))
    .toEqual([200, 200, 400])
  await expect.poll(widget.bubbles).toEqual(['me: first', 'me: second'])
  await expect(widget.root.getByText('Sending…')).toHaveCount(0)
  await expect(widget.root.getByText('Not sent.')).toHaveCount(0)
  expect(await server.said()).toEqual(['first', 'second'])
})

test('what is said in a room that was closed unheard goes on in the room that a server of 0.7x opens for it', async ({
  visitor,
  server,
}) => {
  await server.settings({ dialect: 'v0', limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('one')
  await expect.poll(() => server.said()).toEqual(['one'])
  await server.agent({ does: 'take' })
  await expect(widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
  await server.faults({ socket: 'deaf' })
  await server.agent({ does: 'close' })
  await widget.say('two')
  await expect.poll(async () => (await stored(server)).said).toContain('two')
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'I am here' })
  await expect.poll(async () => (await widget.bubbles()).at(-1)).toBe('them: I am here')
})

test('the past is read page by page from a server of 0.7x, to its beginning and no further', async ({
  visitor,
  server,
}) => {
  await server.settings({ dialect: 'v0', limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('the very first')
  await expect.poll(() => server.said()).toEqual(['the very first'])
  await server.agent({ does: 'fill', count: 120 })
  await visitor.go('/next')
  const log = widget.root.getByRole('log')
  await expect(log.getByText('Message 120')).toBeVisible()
  await expect(async () => {
    await log.evaluate((box) => (box.scrollTop = -box.scrollHeight))
    await expect(log.getByText('the very first')).toBeVisible({ timeout: 1000 })
  }).toPass()
})
