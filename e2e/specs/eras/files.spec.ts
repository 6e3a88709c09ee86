/** Files where something stands in their way. */
import { expect, test, type Page } from '../../test.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP8z8DwnwEKmBigAAANGQEDiV2Q9AAAAABJRU5ErkJggg==',
  'base64',
)

/** Drops a file upon the conversation; whether the browser was kept from opening it in place of the page. */
const dropFile = (page: Page) =>
  page.evaluate(() => {
    const target = document.querySelector('tagalong-widget')!.shadowRoot!.querySelector('.conversation')!
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['words'], 'note.txt', { type: 'text/plain' }))
    const event = (name: string) => new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true })
    target.dispatchEvent(event('dragover'))
    return !target.dispatchEvent(event('drop'))
  })

test('a protected file is shown on a site that shares its cookies with the server', async ({ visitor, server }) => {
  await server.settings({ limiter: false, upload: { maxBytes: 1_000_000, types: [], protect: true } })
  const { widget, page } = visitor
  await visitor.go('/')
  // Cookies know no ports: this one goes to the server too.
  await page.evaluate(() => (document.cookie = 'theme=dark'))
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'file', name: 'plan.png', type: 'image/png', base64: png.toString('base64') })
  const plan = widget.root.locator('img[alt="plan.png"]')
  await expect.poll(() => plan.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(2)
})

test('a file dropped where files are switched off is refused in words, and does not replace the page', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false, fileUpload: false })
  const { widget, page } = visitor
  await visitor.go('/')
  await widget.open()
  await expect(widget.composer).toBeVisible()
  expect(await dropFile(page)).toBe(true)
  await expect(widget.panel).toContainText('Files cannot be sent in this chat.')
  await widget.composer.fill('Then I write')
  await expect(widget.panel).not.toContainText('Files cannot be sent in this chat.')
  expect(await server.ledger('upload')).toEqual([])
})

test('with CORS off the visitor learns before a file is chosen that none can be sent', async ({ visitor, server }) => {
  await server.settings({ limiter: false, fileUpload: true })
  const { widget, page } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.settings({ cors: 'off' })
  const choosers: unknown[] = []
  page.on('filechooser', (chooser) => choosers.push(chooser))
  await widget.button('Attach files').hover()
  await expect.poll(() => server.ledger('OPTIONS /api/v1/livechat/config', true)).toHaveLength(1)
  await expect
    .poll(async () => {
      await widget.button('Attach files').click()
      return widget.panel.textContent()
    })
    .toContain('Files cannot be sent from this website.')
  const choosersBefore = choosers.length
  await widget.button('Attach files').click()
  expect(await dropFile(page)).toBe(true)
  expect(choosers).toHaveLength(choosersBefore)
  await expect(widget.uploads).toHaveCount(0)
  expect(await server.ledger('upload', true)).toEqual([])
})

test('a file sent by a visitor whom the server has lost arrives with the visitor registered anew', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false, fileUpload: true, collectHeaders: true })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  // By now the widget has asked all it asks at the beginning of a conversation, and does not notice the loss by itself.
  await server.agent({ does: 'take' })
  await expect(widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
  const { visitors } = await server.do<{ visitors: { token: string }[] }>('GET', 'visitors')
  await fetch(`${server.origin}/api/v1/livechat/visitor/${visitors[0]!.token}`, { method: 'DELETE' })
  await widget.attach({ name: 'cat.png', mimeType: 'image/png', buffer: png })
  await expect(widget.root.locator('img[alt="cat.png"]')).toBeVisible()
  await expect(widget.uploads).toHaveCount(0)
  expect((await server.ledger('POST /api/v1/livechat/upload')).map(({ status }) => status)).toEqual([403, 200])
})
