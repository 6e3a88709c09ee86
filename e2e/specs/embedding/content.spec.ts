/** Every line of hostile content in every text of every screen, and in every field of a message: shown as text, or not at all. */
import { expect, test as engineTest } from '../../engines/test.ts'
import type { EnginePage } from '../../engines/verbs.ts'
import { tellForeignHosts, watchAttacks } from '../../fuzz/attacks.ts'
import { configBody, messageBody, room, visitor as visitorBody } from '../../fuzz/bodies.ts'
import { content } from '../../fuzz/content.ts'
import { startScriptedServer, type Script, type ScriptedServer } from '../../fuzz/scriptedServer.ts'

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
}

const sceneScript = ({ config, messages }: Scene): Script => ({
  answer: (path) => {
    const answers: [RegExp, object][] = [
      [/livechat\/config/, config],
      [/livechat\/visitor$/, visitorBody('T'.repeat(17))],
      [/livechat\/room$/, room('room1', true)],
      [/messages\.history/, { messages }],
    ]
    return answers.find(([called]) => called.test(path))?.[1] ?? {}
  },
})

const test = engineTest.extend<{ scripted: ScriptedServer; show: (path: string, scene: Scene) => Promise<void> }>({
  scripted: async ({}, use) => {
    const scripted = await startScriptedServer()
    await use(scripted)
    await scripted.stop()
  },
  show: async ({ visitor, server, site, scripted }, use) => {
    const head = `<script async src="${server.cdn}/tagalong.js" data-server="${scripted.origin}"></script>`
    await use((path, scene) => {
      scripted.play(sceneScript(scene))
      site.page(path, { title: 'Attacked', head, headers: tellForeignHosts })
      return visitor.go(path)
    })
  },
})

/** Whether there is such an element in the widget. */
const shows = (page: EnginePage, selector: string) =>
  page.evaluate((wanted) => !!document.querySelector('tagalong-widget')?.shadowRoot?.querySelector(wanted), selector)

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

const screens: Record<string, { settings: object; more?: object; shown: string }> = {
  consent: { settings: { forceAcceptDataProcessingConsent: true, registrationForm: false }, shown: '.status-screen' },
  form: { settings: { registrationForm: true }, shown: 'form select' },
  offline: { settings: { displayOfflineForm: true }, more: { online: false }, shown: 'form textarea' },
  unavailable: { settings: { displayOfflineForm: false }, more: { online: false }, shown: '.status-screen' },
}

test('whoever watches for attacks hears each of them', async ({ visitor: { page, go }, site }) => {
  const attacks = await watchAttacks(page)
  const body = `<img src="http://evil.example/a.png" alt=""><iframe srcdoc=""></iframe>
    <script>tagalongRan(); alert('boo'); Promise.reject('left alone'); setTimeout(() => { throw 'thrown' })</script>`
  site.page('/wounded', { title: 'Wounded', body, headers: tellForeignHosts })
  await go('/wounded')
  await expect
    .poll(async () => (await attacks.wounds()).sort())
    .toEqual([
      '1 frames',
      'a rejection: left alone',
      'a request to http://evil.example/a.png',
      'a script ran',
      'alert: boo',
      expect.stringMatching(/^an error of the page: .*thrown/),
    ])
})

for (const [name, { settings, more, shown }] of Object.entries(screens))
  test(`the screen ${name}: hostile texts are texts`, async ({ visitor: { page, widget }, show }) => {
    test.setTimeout(240_000)
    const attacks = await watchAttacks(page)
    for (const [n, lines] of pages.entries()) {
      await show(`/${name}-${n}`, { config: configWith(lines, settings, more), messages: [] })
      // The panel comes back by itself on the next page.
      if (!n) await widget.open()
      await expect.poll(() => shows(page, `.panel ${shown}`)).toBe(true)
      expect(await attacks.wounds(), `lines ${n * linesPerPage} to ${(n + 1) * linesPerPage - 1}`).toEqual([])
    }
  })

test('the conversation: hostile texts in every field of a message are texts', async ({
  visitor: { page, widget },
  show,
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
    await show(`/talk-${first}`, { config, messages })
    if (!first) {
      await widget.open()
      await widget.say('Hello')
    }
    await expect.poll(() => shows(page, '.panel .row')).toBe(true)
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
  await widget.fill('Name', 'Ada')
  await widget.fill('E-mail', 'ada@example.com')
  for (const name of names) await widget.fill(`Field ${name}`, `value of ${name}`)
  await widget.press('Start chat')
  await expect.poll(() => shows(page, 'textarea')).toBe(true)
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
  await expect.poll(() => shows(page, '.survey .rated')).toBe(true)
  await page.evaluate(() =>
    document
      .querySelector('tagalong-widget')!
      .shadowRoot!.querySelectorAll<HTMLElement>('.survey .rated label:last-of-type')
      .forEach((label) => label.click()),
  )
  await widget.press('Send rating')
  await expect.poll(async () => (await server.ledger('room.survey')).length).toBe(1)
  const [survey] = await server.ledger('room.survey')
  expect((survey!.body as { data: { name: string }[] }).data.map(({ name }) => name)).toEqual(names)
  expect(await page.evaluate(() => location.pathname + location.search)).toBe('/shop')
  expect(await attacks.wounds()).toEqual([])
})
