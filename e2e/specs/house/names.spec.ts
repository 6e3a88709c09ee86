/** The build shortens the names of some of our members: none of them may be seen by anybody but ourselves. */
import { isShortened, isShortName, namesIn, readStored } from '../../stage/names.ts'
import { expect, test, type Page } from '../../test.ts'

test('no shortened name is stored, sent, told to another tab, or handed to the host', async ({
  visitor,
  server,
  context,
}) => {
  await server.settings({ limiter: false, fileUpload: true })
  const sent: unknown[] = []
  const heard: unknown[] = []
  context.on('request', (request) => {
    sent.push(request.postData(), Object.fromEntries(new URL(request.url()).searchParams))
  })
  context.on('response', async (response) => heard.push(await response.text().catch(() => '')))
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => sent.push(payload))
      socket.on('framereceived', ({ payload }) => heard.push(payload))
    }),
  )
  await context.addInitScript(() => {
    const outside: unknown[] = ((window as { outside?: unknown[] }).outside = [])
    const { postMessage } = BroadcastChannel.prototype
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      outside.push(message)
      postMessage.call(this, message)
    }
    for (const event of [
      'ready',
      'open',
      'visit',
      'delivered',
      'registered',
      'message',
      'connection',
      'online',
      'drop',
    ])
      document.addEventListener(`tagalong:${event}`, (told) =>
        outside.push({ [event]: (told as CustomEvent<unknown>).detail }),
      )
    Object.assign(window, {
      Tagalong: Object.assign((...said: unknown[]) => void queue.push(...said), { q: [] as unknown[] }),
    })
    const queue = (window as unknown as { Tagalong: { q: unknown[] } }).Tagalong.q
    queue.push((api: object) => outside.push(Object.fromEntries(Object.keys(api).map((name) => [name, 1]))))
  })
  const outsideOf = (page: Page) => page.evaluate(() => (window as { outside?: unknown[] }).outside)

  const one = await visitor.tab()
  const other = await visitor.tab()
  await one.go('/')
  await other.go('/other')
  await one.widget.open()
  await other.widget.open()
  await one.widget.say('Hello')
  await one.widget.attach({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') })
  await expect.poll(other.widget.bubbles).toHaveLength(2)
  await server.faults({ match: 'POST /api/v1/livechat/message', status: 400 })
  await one.widget.say('Refused')
  await expect(one.widget.panel).toContainText('Not sent')
  await server.faults({ match: 'page.visited', status: 503 })
  await one.push('/away', 'Away')
  await one.widget.composer.fill('A draft')
  await expect.poll(async () => [...namesIn(await readStored(one.page))]).toContain('failures')

  const stored = await readStored(one.page)
  const outside = [await outsideOf(one.page), await outsideOf(other.page)]
  const ours = namesIn([stored, sent, outside])
  // What was looked at is what was meant: of each kind one name that must be there.
  for (const name of ['token', 'messageId', 'failures', 'rid', 'said', 'getVisitorToken', 'delivered'])
    expect(ours).toContain(name)
  expect([...ours].filter((name) => isShortened(name) || isShortName(name))).toEqual([])
  expect([...namesIn(heard)].filter(isShortened)).toEqual([])
})

test('no shortened name is one the browser knows', async ({ visitor }) => {
  await visitor.go('/')
  const known = await visitor.page.evaluate(() =>
    Object.getOwnPropertyNames(globalThis).flatMap((name) => {
      const value = (globalThis as unknown as Record<string, unknown>)[name]
      const owners = [value, Object(value).prototype].filter((owner) => owner === Object(owner))
      return [name, ...owners.flatMap((owner) => Object.getOwnPropertyNames(owner))]
    }),
  )
  expect(known).toContain('addEventListener')
  expect(known.filter(isShortened)).toEqual([])
})
