import type { FrameLocator } from 'playwright/test'
import { serveDemo, serveShop } from '../../shop/serve.ts'
import { demoAgent, expect, test as base, type Page, type Server } from '../../test.ts'

const token = 'vera-token-of-the-desk-tests'

/** A visitor with a conversation, by the calls a widget makes. */
const conversation = async (server: Server, guest = { name: 'Vera Lind', email: 'vera@shop.example' }) => {
  const api = `${server.origin}/api/v1/livechat/`
  const post = (path: string, body: unknown) =>
    fetch(api + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  await post('visitor', { visitor: { token, ...guest } })
  const { room } = (await (await fetch(`${api}room?token=${token}`)).json()) as { room: { _id: string } }
  const rid = room._id
  return {
    rid,
    say: (msg: string) => post('message', { token, rid, msg }),
    visit: (title: string) =>
      post('page.visited', {
        token,
        rid,
        pageInfo: { change: 'url', title, location: { href: `https://shop.example/${title}` } },
      }),
  }
}

const deskOf = (page: Page): FrameLocator => page.frameLocator('iframe[title="Agent’s desk"]')

const test = base.extend<{ shop: { origin: string }; desk: FrameLocator; page: Page }>({
  shop: async ({ server }, use) => {
    const shop = await serveShop(server)
    await use(shop)
    await shop.stop()
  },
  page: async ({ page }, use) => {
    await page.setViewportSize({ width: 1280, height: 860 })
    await use(page)
  },
  desk: async ({ page, shop, server }, use) => {
    await server.settings({ limiter: false })
    // The address that `npm start` prints leads to the demo.
    await page.goto(`${shop.origin}/`)
    await use(deskOf(page))
  },
})

const tab = (desk: FrameLocator, name: string) => desk.getByRole('tab', { name, exact: true }).click()

test('the desk shows a conversation and each visit as soon as the server has it', async ({ desk, server }) => {
  const { visit, say } = await conversation(server)
  await visit('first')
  await say('Good morning')
  await desk.getByRole('button', { name: /Vera Lind/ }).click()
  await expect(desk.locator('.trail .page')).toHaveText(['first'])
  await server.faults({ match: 'pagesVisited', status: 503 })
  await visit('second')
  await expect(desk.locator('.trail .page')).toHaveText(['second', 'first'])
  await expect(desk.getByRole('link', { name: 'shop.example/second' })).toHaveAttribute(
    'href',
    'https://shop.example/second',
  )
  await tab(desk, 'Messages')
  await expect(desk.locator('.bubble.visitor')).toContainText('Good morning')
  await tab(desk, 'Visitor')
  await expect(desk.locator('.card')).toContainText('vera@shop.example')
})

/** The words of these elements that run over more than one line. */
const brokenWords = (desk: FrameLocator, selector: string): Promise<string[]> =>
  desk.locator(selector).evaluateAll((elements) =>
    elements.flatMap((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      const broken: string[] = []
      for (let text = walker.nextNode(); text; text = walker.nextNode())
        for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\p{Lu}?\p{Ll}+/gu)) {
          const range = document.createRange()
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          if (new Set(Array.from(range.getClientRects(), ({ top }) => top)).size > 1) broken.push(word)
        }
      return broken
    }),
  )

test('no name on the desk is broken inside a word, and every time has its seconds in one format', async ({
  desk,
  server,
}) => {
  const { visit, say } = await conversation(server, {
    name: 'Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh',
    email: 'wolfeschlegelsteinhausen.featherstonehaugh@customers.shop.example',
  })
  await visit('collections/internationalisation/accessibility/responsibilities')
  await say('Hello')
  const times: string[] = []
  const look = async (selector: string) => {
    await expect(desk.locator(selector).first()).toBeVisible()
    expect(await brokenWords(desk, selector)).toEqual([])
    times.push(...(await desk.locator('time').allInnerTexts()))
  }
  await look('.room .who')
  await desk.getByRole('button', { name: /Wolfe/ }).click()
  await look('.trail a, h2, header code')
  await tab(desk, 'Visitor')
  await look('.card dd')
  await tab(desk, 'Server')
  await look('.calls .path, .calls .reported')
  await tab(desk, 'Settings')
  await look('.settings code')
  await tab(desk, 'Page')
  await look('.stored dt')
  expect(times.filter((time) => time && !/^\d\d:\d\d:\d\d$/.test(time))).toEqual([])
  expect(times.filter(Boolean).length).toBeGreaterThan(5)
})

test('what an agent does at the desk happens at the server', async ({ desk, server }) => {
  const { rid, say } = await conversation(server)
  await say('Is anybody there?')
  await desk.getByRole('button', { name: /Vera Lind/ }).click()
  await expect(desk.locator('.detail code').first()).toHaveText(rid)
  await tab(desk, 'Messages')
  await desk.getByRole('button', { name: 'Take' }).click()
  await desk.getByLabel('Your answer').fill('I am.')
  await desk.getByRole('button', { name: 'Send' }).click()
  await desk
    .locator('input[type=file]')
    .setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await expect(desk.locator('.bubble.agent')).toHaveCount(2)
  await expect(desk.getByRole('link', { name: 'note.txt' })).toBeVisible()
  await desk.getByLabel('Transfer to').selectOption('Ben Okoro')
  await expect(desk.getByText('with ben', { exact: true })).toBeVisible()
  await desk.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(desk.getByText('This conversation has ended.')).toBeVisible()
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: { _id: string; open?: boolean }[] }
  expect(rooms.filter(({ open }) => open)).toEqual([])
  expect(rooms.map(({ _id }) => _id)).toEqual([rid])
})

test('faults, the plug and settings are set from the desk', async ({ desk, server }) => {
  await tab(desk, 'Server')
  await tab(desk, 'Faults')
  await desk.getByRole('button', { name: 'Slow' }).click()
  await desk.getByText('Custom fault').click()
  await desk.getByLabel('How many times').fill('3')
  await desk.getByLabel('Status').fill('500')
  await desk.getByRole('button', { name: 'Break it' }).click()
  await expect
    .poll(async () => ((await server.do('GET', 'faults')) as { faults: unknown[] }).faults)
    .toEqual([{ latencyMs: 2000 }, { times: 3, status: 500 }])
  // Each call that meets it counts down, here as well.
  await fetch(`${server.origin}/api/v1/livechat/config`)
  await expect(desk.locator('.active li').last()).toContainText(/status 500, (2 times|once) ?more/)
  await desk.getByRole('switch', { name: 'The server is plugged in' }).uncheck()
  await expect
    .poll(() =>
      fetch(server.origin).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone')
  await desk.getByRole('switch', { name: 'The server is plugged in' }).check()
  await expect
    .poll(() =>
      fetch(server.origin).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('there')
  await desk.getByRole('tab', { name: 'Settings' }).click()
  await desk.getByRole('switch', { name: 'settings.registrationForm' }).check()
  await desk.getByLabel('dialect').selectOption('v0')
  await expect
    .poll(async () => {
      const { settings } = (await server.do('GET', 'settings')) as {
        settings: { dialect: string; settings: { registrationForm: boolean } }
      }
      return [settings.dialect, settings.settings.registrationForm]
    })
    .toEqual(['v0', true])
  await server.faults()
  const asked = async () => (await server.ledger('livechat/config')).length
  const before = await asked()
  await desk.getByRole('button', { name: 'Ask again now' }).click()
  await expect.poll(asked).toBeGreaterThan(before)
})

test('the desk’s page tab navigates the shop, and shows what the browser stores and what the widget reports', async ({
  desk,
  page,
  server,
}) => {
  const titles = async () => (await server.visits()).map(({ title }) => title.split(' – ')[0])
  await expect.poll(titles).toEqual(['Juniper & Co.'])
  await tab(desk, 'Page')
  await desk.getByRole('button', { name: 'Push' }).click()
  await expect.poll(titles).toHaveLength(2)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Page \d+$/)
  await desk.getByRole('button', { name: 'Redirect' }).click()
  await expect.poll(titles).toHaveLength(3)
  await desk.getByRole('button', { name: 'Real link' }).click()
  await expect.poll(titles).toHaveLength(4)
  expect((await titles()).slice(1)).toEqual((await titles()).slice(1).map(() => expect.stringMatching(/^Page \d+$/)))
  await expect(desk.locator('.count')).toHaveText('0 waiting to leave')
  await expect(desk.locator('.stored dt', { hasText: /^visitor$/ })).toBeVisible()
  const secret = (await server.visits())[0]!.token
  await expect(desk.locator('.stored').first()).not.toContainText(secret)
  await desk.getByRole('button', { name: 'Diagnose' }).click()
  await expect(desk.locator('.checks .good')).toHaveCount(14)
  await tab(desk, 'Server')
  await expect(desk.locator('.calls .reported')).toHaveCount(4)
})

test('against a real server the desk only reads, and forgets the login with the page', async ({ page, server }) => {
  const { visit } = await conversation(server)
  await visit('first')
  const shop = await serveDemo()
  try {
    await page.goto(`${shop.origin}/demo.html?server=${server.origin}`)
    const desk = deskOf(page)
    await expect(desk.locator('.checks li')).toHaveCount(14)
    await expect
      .poll(async () => (await server.visits()).map(({ href }) => new URL(href).pathname))
      .toContain('/demo.html')
    await expect(desk.getByRole('tab', { name: 'Server', exact: true })).toHaveCount(0)
    await tab(desk, 'Conversations')
    const login = async (authToken: string) => {
      await desk.getByLabel('The agent’s user id').fill(demoAgent._id)
      await desk.getByLabel('Personal access token').fill(authToken)
      await desk.getByRole('button', { name: 'Look' }).click()
    }
    await login('wrong')
    await expect(desk.getByRole('alert')).toContainText('You must be logged in')
    await login(demoAgent.authToken)
    await desk.getByRole('button', { name: /Vera Lind/ }).click()
    await expect(desk.locator('.trail .page')).toHaveText(['first'])
    await visit('second')
    await expect(desk.locator('.trail .page')).toHaveText(['second', 'first'])
    await tab(desk, 'Messages')
    await expect(desk.getByText('this desk only reads')).toBeVisible()
    await expect(desk.getByLabel('Your answer')).toHaveCount(0)
    const kept = await page.evaluate(() =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        location.href,
        document.cookie,
        ...Array.from(document.querySelectorAll('iframe'), ({ src }) => src),
      ]),
    )
    expect(kept).not.toContain(demoAgent.authToken)
    expect(kept).not.toContain(demoAgent._id)
    await page.reload()
    await expect(desk.getByLabel('Personal access token')).toHaveValue('')
  } finally {
    await shop.stop()
  }
})
