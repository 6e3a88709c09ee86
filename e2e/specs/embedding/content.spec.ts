/** Every line of hostile content in every text of every screen, and in every field of a message: shown as text, or not at all. */
import { watchAttacks } from '../../fuzz/attacks.ts'
import { configBody, messageBody, room, visitor as visitorBody } from '../../fuzz/bodies.ts'
import { content } from '../../fuzz/content.ts'
import { expect, test, type Page } from '../../test.ts'

const linesPerPage = 24
const pages = Array.from({ length: Math.ceil(content.length / linesPerPage) }, (_, n) =>
  content.slice(n * linesPerPage, (n + 1) * linesPerPage).map(({ text }) => text),
)

/** The same value with each of its texts replaced by the next line, but for those that say what it is. */
const filled = (value: unknown, lines: string[], place = { next: 0 }): unknown => {
  if (typeof value === 'string') return lines[place.next++ % lines.length]
  if (Array.isArray(value)) return value.map((item) => filled(item, lines, place))
  if (typeof value !== 'object' || value === null) return value
  const isKept = (name: string) => /^(_id|rid|ts|_updatedAt|type|t|tmid)$/.test(name)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isKept(name) ? member : filled(member, lines, place)]),
  )
}

interface Scene {
  config: object
  messages: object[]
  roomId?: string
}

const serve = async (page: Page, origin: string, { config, messages, roomId = 'room1' }: Scene) => {
  const answers: [RegExp, object][] = [
    [/livechat\/config/, config],
    [/livechat\/visitor$/, visitorBody('T'.repeat(17))],
    [/livechat\/room$/, room(roomId, true)],
    [/messages\.history/, { messages }],
  ]
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.route(`${origin}/api/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const body = answers.find(([path]) => path.test(pathname))?.[1] ?? {}
    await route.fulfill({
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
      contentType: 'application/json',
      body: JSON.stringify({ success: true, ...body }),
    })
  })
}

/** `livechat/config` with these lines for texts, and what chooses the screen. */
const configWith = (lines: string[], settings: object, more: object = {}) => {
  const { config } = filled(configBody(), lines) as { config: Record<string, object> }
  return {
    config: {
      ...config,
      enabled: true,
      online: true,
      triggers: [],
      ...more,
      settings: { ...config.settings, ...settings },
    },
  }
}

const screens: Record<string, { settings: object; more?: object; shows: string }> = {
  consent: { settings: { forceAcceptDataProcessingConsent: true, registrationForm: false }, shows: '.status-screen' },
  form: { settings: { registrationForm: true }, shows: 'form select' },
  offline: { settings: { displayOfflineForm: true }, more: { online: false }, shows: 'form textarea' },
  unavailable: { settings: { displayOfflineForm: false }, more: { online: false }, shows: '.status-screen' },
}

for (const [name, { settings, more, shows }] of Object.entries(screens))
  test(`the screen ${name}: hostile texts are texts`, async ({ visitor: { page, go, widget }, server }) => {
    test.setTimeout(240_000)
    const attacks = await watchAttacks(page)
    for (const [n, lines] of pages.entries()) {
      const config = configWith(lines, settings, more)
      await serve(page, server.origin, { config, messages: [] })
      await go(`/${name}-${n}`)
      // The panel comes back by itself on the next page.
      if (!n) await widget.open()
      await widget.root.locator(`.panel ${shows}`).first().waitFor()
      expect(await attacks.wounds(), `lines ${n * linesPerPage} to ${(n + 1) * linesPerPage - 1}`).toEqual([])
    }
  })

test('the conversation: hostile texts in every field of a message are texts', async ({
  visitor: { page, go, widget },
  server,
}) => {
  test.setTimeout(240_000)
  const attacks = await watchAttacks(page)
  const wounds: string[] = []
  const linesPerTalk = 6
  for (let first = 0; first < content.length; first += linesPerTalk) {
    const lines = content.slice(first, first + linesPerTalk).map(({ text }) => text)
    const config = configWith(lines, { registrationForm: false }, { room: { _id: 'room1', open: true } })
    const messages = lines.flatMap((text, place) =>
      [undefined, 'uj', 'livechat_transfer_history'].map((type, kind) =>
        filled(messageBody(place * 3 + kind, type), [text]),
      ),
    ) as object[]
    await serve(page, server.origin, { config, messages })
    await go(`/talk-${first}`)
    if (!first) {
      await widget.open()
      await widget.say('Hello')
    }
    await expect(widget.root.locator('.panel .row')).not.toHaveCount(0)
    for (const wound of await attacks.wounds()) wounds.push(`lines ${first} to ${first + linesPerTalk - 1}: ${wound}`)
  }
  expect(wounds).toEqual([])
})

test('a survey and its form bear the server’s names, and the host’s page stays where it is', async ({
  visitor: { page, go, widget },
  server,
}) => {
  const names = ['l', 'elements', 'name', 'email', 'insertBefore', 'constructor', '__proto__', 'submit', 'action']
  await server.settings({
    limiter: false,
    registrationForm: true,
    customFields: names.map((_id) => ({
      _id,
      label: `Field ${_id}`,
      type: 'input',
      required: false,
      regexp: '',
      options: '',
      defaultValue: '',
    })),
    survey: { items: names, values: ['1', '2', '3', '4', '5'] },
  })
  const attacks = await watchAttacks(page)
  await go('/shop')
  await widget.open()
  await widget.root.getByLabel('Name', { exact: true }).fill('Ada')
  await widget.root.getByLabel('E-mail', { exact: true }).fill('ada@example.com')
  for (const name of names) await widget.root.getByLabel(`Field ${name}`).fill(`value of ${name}`)
  await widget.button('Start chat').click()
  await expect(widget.composer).toBeVisible()
  // The first was made when the chat was opened.
  const registration = (await server.ledger('POST /api/v1/livechat/visitor')).at(-1)
  const { visitor } = registration!.body as {
    visitor: { name: string; email: string; customFields: { key: string; value: string }[] }
  }
  expect(visitor).toMatchObject({ name: 'Ada', email: 'ada@example.com' })
  expect(visitor.customFields.map(({ key, value }) => [key, value])).toEqual(
    names.map((name) => [name, `value of ${name}`]),
  )
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'close' })
  await expect(widget.button('Send rating')).toBeVisible()
  for (const item of await widget.root.locator('.survey .rated').all()) await item.locator('label').last().click()
  await widget.button('Send rating').click()
  await expect(widget.panel.getByText('Thank you for your rating!')).toBeVisible()
  const [survey] = await server.ledger('room.survey')
  expect((survey!.body as { data: { name: string }[] }).data.map(({ name }) => name)).toEqual(names)
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/shop')
  expect(await attacks.wounds()).toEqual([])
})
