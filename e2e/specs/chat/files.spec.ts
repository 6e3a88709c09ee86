import { startForeignHost } from '../../fuzz/foreignHost.ts'
import { expect, test, type Server } from '../../test.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP8z8DwnwEKmBigAAANGQEDiV2Q9AAAAABJRU5ErkJggg==',
  'base64',
)
const picture = (name = 'cat.png') => ({ name, mimeType: 'image/png', buffer: png })

/** Names of the files the server has. */
const files = async (server: Server): Promise<string[]> => {
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: { _id: string }[] }
  const lists = await Promise.all(
    rooms.map(
      async ({ _id }) =>
        ((await server.do('GET', `messages?rid=${_id}`)) as { messages: { file?: { name: string } }[] }).messages,
    ),
  )
  return lists.flat().flatMap(({ file }) => (file ? [file.name] : []))
}

test.beforeEach(async ({ visitor, server }) => {
  await server.settings({ limiter: false, fileUpload: true })
  await visitor.go('/')
  await visitor.widget.open()
})

test('visitor and agent send files: pictures are shown, other files are offered for download, protected ones too', async ({
  visitor: { widget, page },
  server,
}) => {
  await server.settings({ upload: { maxBytes: 1_000_000, types: [], protect: true } })
  await widget.attach(picture('a.png'), picture('b.png'))
  await expect(widget.root.locator('img[alt="a.png"]')).toBeVisible()
  await expect(widget.root.locator('img[alt="b.png"]')).toBeVisible()
  expect(await files(server)).toEqual(['a.png', 'b.png'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'file', name: 'plan.png', type: 'image/png', base64: png.toString('base64') })
  await server.agent({ does: 'file', name: 'terms.txt', type: 'text/plain', text: 'the small print' })
  const plan = widget.root.locator('img[alt="plan.png"]')
  await expect(plan).toBeVisible()
  await expect.poll(() => plan.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(2)
  const href = await widget.root.getByRole('link', { name: /terms\.txt/ }).getAttribute('href')
  expect(await (await page.request.get(href!)).text()).toBe('the small print')
  await expect(widget.uploads).toHaveCount(0)
})

test('a refused upload is explained, and is not sent again by itself', async ({ visitor: { widget }, server }) => {
  await server.settings({ upload: { maxBytes: 10, types: ['image/*'], protect: false } })
  await widget.attach(picture())
  await expect(widget.uploads).toContainText('This file is too large.')
  await widget.button('Discard').click()
  await widget.attach({ name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })
  await expect(widget.uploads).toContainText('Files of this kind are not accepted.')
  expect(await server.ledger('POST /api/v1/livechat/upload')).toHaveLength(2)
  expect(await files(server)).toEqual([])
})

test('after a lost answer the history decides whether an upload arrived, and no file is there twice', async ({
  visitor: { widget },
  server,
}) => {
  await widget.say('Hello')
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  await server.faults({ match: 'POST /api/v1/livechat/upload', drop: 'after', times: 1 })
  await widget.attach(picture('kept.png'))
  await expect(widget.root.locator('img[alt="kept.png"]')).toBeVisible()
  await expect(widget.uploads).toHaveCount(0)
  await server.faults({ match: 'POST /api/v1/livechat/upload', drop: 'before', times: 1 })
  await widget.attach(picture('gone.png'))
  await expect(widget.uploads).toContainText('Not sent.')
  expect(await files(server)).toEqual(['kept.png'])
  expect(await server.ledger('POST /api/v1/livechat/upload')).toHaveLength(2)
})

test('an upload can be stopped', async ({ visitor: { widget }, server }) => {
  await widget.say('Hello')
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  await server.faults({ match: 'POST /api/v1/livechat/upload', latencyMs: 60_000 })
  await widget.attach(picture())
  await widget.button('Do not send cat.png').click()
  await expect(widget.uploads).toHaveCount(0)
  expect(await files(server)).toEqual([])
})

test('a file does not follow its server to another host', async ({ visitor, server }) => {
  const other = await startForeignHost()
  await server.settings({ limiter: false })
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
  await server.faults({ match: '/api/v1/', redirect: other.origin })
  await visitor.page
    .locator('tagalong-widget input[type=file]')
    .setInputFiles({ name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('the secret') })
  await expect(visitor.page.locator('tagalong-widget').getByRole('button', { name: /again|retry/i })).toBeVisible()
  await server.faults()
  await visitor.widget.say('Again')
  await expect
    .poll(
      async () => (await server.ledger('POST /api/v1/livechat/message')).filter(({ status }) => status === 200).length,
      { timeout: 40_000 },
    )
    .toBe(2)
  expect(other.came.filter((line) => /the secret|x-visitor-token":/.test(line))).toEqual([])
  await other.stop()
})
