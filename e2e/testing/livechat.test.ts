import { expect as base, test as bare } from 'playwright/test'
import type { Livechat, LivechatOptions } from './contracts.ts'
import { createLivechat } from './create.ts'
import { livechatMatchers } from './matchers.ts'
import { PortError } from './portError.ts'

const expect = base.extend(livechatMatchers)

const test = bare.extend<{ options: LivechatOptions; livechat: Livechat }>({
  options: [{}, { option: true }],
  livechat: async ({ options }, use) => {
    const livechat = await createLivechat(options)
    await use(livechat)
    await livechat.stop()
  },
})

const call = async (livechat: Livechat, path: string, body?: object) => {
  const response = await fetch(`${livechat.origin}/api/v1/livechat/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'text/plain;type=application/json', origin: 'https://shop.example' },
    body: body && JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as { room: { _id: string } } }
}

const token = 'visitor-of-the-kit'
const visit = (livechat: Livechat, path: string, title = '') =>
  call(livechat, 'page.visited', {
    token,
    pageInfo: { change: 'url', title, location: { href: `https://shop.example${path}` } },
  })
const opened = async (livechat: Livechat, of = token) => {
  await call(livechat, 'visitor', { visitor: { token: of, name: of, email: `${of}@shop.example` } })
  const { room } = (await call(livechat, `room?token=${of}`)).body
  return {
    roomId: room._id,
    say: (msg: string) => call(livechat, 'message', { token: of, rid: room._id, msg }),
  }
}

/** The sentence it fails with. */
const complaint = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it did not fail')
}

test('visits are told in the order they were heard, with what the server stored', async ({ livechat }) => {
  await visit(livechat, '/', 'Home')
  await visit(livechat, '/shoes?size=40#red', 'Shoes')
  expect(await livechat.visits()).toEqual([
    { href: 'https://shop.example/', title: 'Home', change: 'url', token, at: expect.any(Number) },
    { href: 'https://shop.example/shoes?size=40#red', title: 'Shoes', change: 'url', token, at: expect.any(Number) },
  ])
  await livechat.expectVisits(['/', '/shoes?size=40#red'])
  await expect(livechat).toHaveVisits([
    { href: 'https://shop.example/', title: 'Home' },
    { href: /shoes/, title: /^S/, token },
  ])
  await expect(livechat).not.toHaveVisits(['/', '/shoes'], { timeoutMs: 0 })
})

test('visits that are on their way are waited for', async ({ livechat }) => {
  setTimeout(() => void visit(livechat, '/late'), 300)
  await expect(livechat).toHaveVisits(['/late'])
})

test('what is missing and what is too much is named, and why it may be', async ({ livechat }) => {
  const soon = { timeoutMs: 0 }
  expect(await complaint(livechat.expectVisits(['/'], soon))).toContain('The server has not been called at all')
  await visit(livechat, '/', 'Home')
  await visit(livechat, '/socks')
  await visit(livechat, '/cart')
  const says = await complaint(livechat.expectVisits(['/', { href: '/shoes', title: /S/ }, '/cart'], soon))
  expect(says.split('\n\n')[1]).toBe(
    [
      '    https://shop.example/ "Home"',
      '  - href "/shoes", title /S/',
      '  + https://shop.example/socks',
      '    https://shop.example/cart',
    ].join('\n'),
  )
  for (let n = 0; n < 10; n++) await visit(livechat, '/again')
  expect(await complaint(expect(livechat).toHaveVisits([], soon))).toContain(
    '3 calls were refused by the rate limiter (429)',
  )
  await visit(livechat, '/', 'Home')
  expect(await complaint(livechat.expectVisits([], soon))).toContain('4 calls were refused')
})

test('an agent takes the conversation, writes, reads and ends it', async ({ livechat }) => {
  expect(await livechat.desk.messages()).toEqual([])
  const taking = livechat.desk.take()
  const { roomId, say } = await opened(livechat)
  expect(await taking).toEqual({ roomId, token })
  expect(await livechat.desk.take()).toEqual({ roomId, token })
  setTimeout(() => void say('Hello'), 300)
  expect(await livechat.desk.hear('Hello')).toMatchObject({ from: 'visitor', text: 'Hello' })
  await livechat.desk.say('How can I help?')
  await livechat.desk.hear(/^Hel/)
  const at = expect.any(Number)
  expect(await livechat.desk.messages()).toEqual([
    { from: 'visitor', text: 'Hello', at },
    { from: 'agent', text: 'How can I help?', at },
  ])
  await livechat.desk.end()
  expect((await say('Still there?')).status).toBe(400)
  expect(await livechat.desk.messages()).toHaveLength(2)
})

test('what a visitor has not written is named, with what was said', async ({ livechat }) => {
  await opened(livechat)
  await livechat.desk.say('Hello?')
  expect(await complaint(livechat.desk.hear('Hello?', { timeoutMs: 0 }))).toBe(
    'The visitor has not written Hello? within 0 ms. What was said:\n  agent: Hello?',
  )
})

test('what is said goes to the newest open conversation, and is taken first', async ({ livechat }) => {
  await opened(livechat, 'first')
  const { roomId } = await opened(livechat, 'second')
  await livechat.desk.say('Hello')
  expect(await livechat.desk.take()).toEqual({ roomId, token: 'second' })
  expect(await livechat.desk.messages()).toMatchObject([{ text: 'Hello' }])
  await livechat.desk.end()
  expect(await livechat.desk.take()).toMatchObject({ token: 'first' })
})

test('in an outage nobody answers, and afterwards all is as before', async ({ livechat }) => {
  await visit(livechat, '/before')
  const outage = await livechat.outage()
  expect(await complaint(visit(livechat, '/meanwhile'))).toBe('fetch failed')
  await outage.end()
  await visit(livechat, '/after')
  await livechat.expectVisits(['/before', '/after'])
})

test('one trouble ends and another goes on', async ({ livechat }) => {
  const outage = await livechat.outage()
  const limit = await livechat.limit({ calls: 1, windowMs: 60_000 })
  await outage.end()
  await outage.end()
  expect((await visit(livechat, '/first')).status).toBe(200)
  expect((await visit(livechat, '/second')).status).toBe(429)
  await limit.end()
  expect((await visit(livechat, '/third')).status).toBe(200)
})

test.describe('without a rate limiter', () => {
  test.use({ options: { settings: { limiter: false, historyMonitorType: 'url' } } })
  test('the limit that a test sets holds all the same', async ({ livechat }) => {
    for (let n = 0; n < 12; n++) expect((await visit(livechat, '/')).status).toBe(200)
    await livechat.limit()
    expect((await visit(livechat, '/')).status).toBe(429)
  })

  test('a reset forgets everything but how the server was set up', async ({ livechat }) => {
    await opened(livechat)
    await livechat.settings({ enabled: false })
    await livechat.outage()
    await livechat.reset()
    expect([await livechat.visits(), await livechat.calls(), await livechat.desk.messages()]).toEqual([[], [], []])
    for (let n = 0; n < 12; n++) expect((await visit(livechat, '/')).status).toBe(200)
    expect((await call(livechat, 'config')).body).toMatchObject({ config: { enabled: true } })
  })
})

test('it is no kinder than a server as it is installed: nothing with a preflight gets through', async ({
  livechat,
}) => {
  const preflight = await fetch(`${livechat.origin}/api/v1/livechat/visitor`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT' },
  })
  expect(preflight.status).toBe(405)
  const lost = await fetch(`${livechat.origin}/tagalong.js`)
  expect(lost.status).toBe(404)
  expect((await livechat.calls()).map(({ method, path, status }) => [method, path, status])).toEqual([
    ['OPTIONS', '/api/v1/livechat/visitor', 405],
    ['GET', '/tagalong.js', 404],
  ])
})

test('a server that has been stopped says so, and may be stopped twice', async () => {
  const livechat = await createLivechat()
  await livechat.stop()
  await livechat.stop()
  expect(await complaint(livechat.visits())).toBe('The livechat server does not answer any more: it has been stopped.')
})

test('what it cannot be started with is named in one sentence', async ({ livechat }) => {
  const port = Number(new URL(livechat.origin).port)
  const taken = await createLivechat({ port }).catch((error: unknown) => error)
  expect(taken).toBeInstanceOf(PortError)
  expect((taken as Error).message).toMatch(`Port ${port} is in use: `)
  expect(await complaint(createLivechat({ port: -1 }))).toBe(
    'The port of createLivechat() is a whole number from 0 to 65534, not -1.',
  )
  expect(await complaint(createLivechat({ settings: { onlin: false } }))).toBe(
    "The settings of createLivechat() are not taken: unknown setting 'onlin'.",
  )
  // @ts-expect-error There is no such option.
  expect(await complaint(createLivechat({ host: 'x' }))).toBe("createLivechat() takes port and settings, not 'host'.")
})
