import { openKit } from '../../stage/kit.ts'
import { expect, test as base } from '../../test.ts'

type Kit = Awaited<ReturnType<typeof openKit>>

const test = base.extend<{ livechat: Kit; cors: boolean }>({
  cors: [false, { option: true }],
  livechat: async ({ cors }, use) => {
    const livechat = await openKit({ settings: { limiter: false, ...(cors && { cors: '*' }) } })
    await use(livechat)
    await livechat.stop()
  },
})

test('a page with the line of the testing kit has its script in an outage too, and reports after it', async ({
  visitor,
  site,
  livechat,
}) => {
  test.setTimeout(120_000)
  for (const path of ['/', '/shoes'])
    site.page(path, { title: `Shop ${path}`, head: livechat.tag('data-debug="false"') })
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()
  await expect(livechat).toHaveVisits([{ href: '/', title: 'Shop /' }])
  const outage = await livechat.outage()
  await visitor.go('/shoes')
  // The widget has begun, though the server is not there.
  await expect.poll(() => visitor.waiting()).toBe(1)
  await outage.end()
  await expect(livechat).toHaveVisits(['/', '/shoes'], { timeoutMs: 60_000 })
})

test.describe('as the command starts it', () => {
  test.use({ cors: true })
  test('the shop talks to the desk beside it', async ({ visitor, livechat }) => {
    const { page } = visitor
    await page.setViewportSize({ width: 1280, height: 860 })
    await page.goto(livechat.demo)
    await expect(livechat).toHaveVisits([{ href: '/demo.html' }])
    await visitor.widget.open()
    await visitor.widget.say('Is anybody there?')
    await livechat.desk.hear('Is anybody there?')
    const desk = page.frameLocator('iframe[title="Agent’s desk"]')
    await desk.locator('.room').first().click()
    await desk.getByRole('tab', { name: 'Messages', exact: true }).click()
    await desk.getByRole('button', { name: 'Take' }).click()
    await desk.getByLabel('Your answer').fill('I am.')
    await desk.getByRole('button', { name: 'Send' }).click()
    await expect.poll(visitor.widget.bubbles).toEqual(['me: Is anybody there?', 'them: I am.'])
    expect((await livechat.desk.messages()).map(({ from, text }) => [from, text])).toEqual([
      ['visitor', 'Is anybody there?'],
      ['agent', 'I am.'],
    ])
  })

  test('the desk in a window of its own shows what goes on', async ({ visitor, livechat, said }) => {
    await visitor.page.goto(livechat.desk.url)
    const { tag } = livechat
    const shop = await visitor.tab()
    await shop.page.route('http://shop.localhost/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<title>Elsewhere</title>${tag()}` }),
    )
    await shop.page.context().grantPermissions(['local-network-access'])
    await shop.page.goto('http://shop.localhost/')
    await shop.widget.open()
    await shop.widget.say('Hello')
    await visitor.page.locator('.room').first().click()
    await expect(visitor.page.locator('.trail .page')).toHaveText(['Elsewhere'])
    expect(said.filter((line) => /^(error|uncaught)/.test(line))).toEqual([])
  })
})
