/** What a conversation fetches, and from where. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Server, type Visitor } from '../../test.ts'

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** A host that belongs to somebody else, and what it was asked for. */
const elsewhere = async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url}`)
    response.writeHead(200, { 'content-type': 'image/png' }).end(pixel)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { asked, origin: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

const begin = async ({ go, widget }: Visitor, server: Server) => {
  await server.settings({ limiter: false })
  await go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
}

test('nothing of another host is fetched before the visitor asks for it', async ({ visitor, server }) => {
  const other = await elsewhere()
  await begin(visitor, server)
  const { widget } = visitor
  await server.agent({
    does: 'say',
    text: 'look',
    avatar: `${other.origin}/avatar.png`,
    attachments: [
      { title: 'picture', image_url: `${other.origin}/picture.png` },
      { title: 'sound', audio_url: `${other.origin}/sound.mp3` },
      { title: 'film', video_url: `${other.origin}/film.mp4` },
    ],
    blocks: [{ type: 'image', imageUrl: `${other.origin}/block.png`, altText: 'block' }],
  })
  const load = widget.button(`Load from ${new URL(other.origin).host}`)
  await expect(load).toHaveCount(4)
  await load.first().click()
  await expect(load).toHaveCount(3)
  await expect.poll(() => other.asked).toEqual(['/picture.png'])
  other.stop()
})

test('a block’s picture without a host is the server’s, and an address that is none leads nowhere', async ({
  visitor,
  server,
  said,
}) => {
  await begin(visitor, server)
  const { widget, page } = visitor
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await server.agent({
    does: 'say',
    text: '',
    blocks: [
      { type: 'image', imageUrl: '/block.png', altText: 'block' },
      {
        type: 'actions',
        elements: [
          {
            type: 'overflow',
            actionId: 'o',
            options: [{ text: { type: 'plain_text', text: 'Nowhere' }, value: 'v', url: 'https://' }],
          },
          { type: 'button', actionId: 'b', text: { type: 'plain_text', text: 'No address' }, url: 'http://[' },
        ],
      },
    ],
  })
  await expect.poll(() => asked.filter((url) => url.endsWith('block.png'))).toEqual([`${server.origin}/block.png`])
  await widget.panel.locator('summary').click()
  await widget.button('Nowhere').click()
  await widget.button('No address').click()
  await expect.poll(async () => (await server.ledger('ui.interaction')).length).toBe(2)
  expect(said.filter((line) => line.startsWith('uncaught:'))).toEqual([])
})
