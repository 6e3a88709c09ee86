/** What the header of the panel claims, and how it is drawn: nothing is said of anybody before the server has answered. */
import { expect, test } from '../../test.ts'

test('a panel whose server does not answer says since when, and claims nobody is there', async ({ visitor }) => {
  const { page, widget } = visitor
  await page.route('**/api/v1/**', (route) => route.abort())
  await visitor.go('/')
  await widget.open()
  // Where nothing can be written yet, nothing is said to be kept.
  await expect(widget.banner).toHaveText(/^No connection since \d+:\d\d [AP]M\. Next try in \d+ sec$/)
  await expect(widget.root.locator('.header')).not.toContainText('We are here for you')
  await expect(widget.root.locator('.status-dot')).toHaveCount(0)
  await expect(widget.composer).toHaveCount(0)
  await page.unroute('**/api/v1/**')
  await expect(widget.root.locator('.header')).toContainText('We are here for you')
  await expect(widget.root.locator('.status-dot.online')).toHaveCount(1)
  await expect(widget.banner).toBeEmpty()
})

test('a panel that knows of an outage only by what it sends says so, keeps what is written, and promises nobody', async ({
  visitor,
  server,
  said,
}) => {
  await server.settings({ limiter: false })
  const { page, widget } = visitor
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await visitor.rest()
  // Its settings are a moment old: the panel need not ask for them.
  const isCall = ({ origin, pathname }: URL) => origin === server.origin && !pathname.startsWith('/cdn/')
  await page.route(isCall, (route) => route.abort('connectionrefused'))
  await widget.open()
  await expect(widget.banner).toHaveText(
    /^No connection since \d+:\d\d [AP]M\. What you write is kept\. Next try in \d+ sec$/,
  )
  await expect(widget.root.locator('.status-dot')).toHaveCount(0)
  await expect(widget.panel).toContainText('How can we help?')
  await expect(widget.panel).not.toContainText(/somebody will be with you/i)
  await widget.say('Hello')
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  const ofOurs = () => said.filter((line) => line.includes('[Tagalong]'))
  await expect.poll(ofOurs).toEqual([expect.stringContaining(`${server.origin} does not answer`)])
  await page.unroute(isCall)
  await expect.poll(() => server.said(), { timeout: 40_000 }).toEqual(['Hello'])
  await expect(widget.root.locator('.status-dot.online')).toHaveCount(1)
  await expect(widget.banner).toBeEmpty()
})

test('who waits for an agent is promised nobody while the connection is lost, and is again when it is back', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect(widget.panel).toContainText('Somebody will be with you soon…')
  await server.plug(true)
  await expect(widget.banner).toContainText('No connection since')
  await expect(widget.panel).not.toContainText('Somebody will be with you soon…')
  await server.plug(false)
  await expect(widget.panel).toContainText('Somebody will be with you soon…')
})

test('on a phone the menu’s button stays while its menu is open', async ({ visitor }) => {
  await visitor.page.setViewportSize({ width: 390, height: 780 })
  await visitor.go('/')
  await visitor.widget.open()
  await expect(visitor.widget.root.locator('.launcher')).toBeHidden()
  const more = visitor.widget.root.locator('.header .icon-button').first()
  await more.click()
  await expect(visitor.widget.root.getByRole('button', { name: 'Mute sounds' })).toBeVisible()
  await expect(more).toBeVisible()
})

test('a ground that the host gives the header fills the corners below it, and the menu opens above all', async ({
  visitor,
  site,
  tag,
}) => {
  site.page('/red', {
    title: 'Red',
    head: `${tag()}<style>tagalong-widget::part(header) { background: rgb(200, 0, 0) }</style>`,
  })
  await visitor.go('/red')
  await visitor.widget.open()
  const bottomOf = (selector: string, side: 'top' | 'bottom') =>
    visitor.widget.root.locator(selector).evaluate((element, at) => element.getBoundingClientRect()[at], side)
  await expect
    .poll(async () => (await bottomOf('.header', 'bottom')) - (await bottomOf('.body', 'top')))
    .toBeGreaterThanOrEqual(20)
  await visitor.widget.choose('Mute sounds')
  await expect(visitor.widget.button('More')).toHaveAttribute('aria-expanded', 'false')
})

test('a network that drops while the panel is open is told at once, and a time that runs is not read aloud at every second', async ({
  visitor,
  server,
}) => {
  const { page, widget } = visitor
  const spoken = widget.root.locator('.banner + [role=status]')
  await visitor.go('/')
  await widget.open()
  await widget.composer.waitFor()
  await page.context().setOffline(true)
  await expect(widget.banner).toHaveText(/^You are offline/)
  await expect(spoken).toHaveText(/^You are offline/)
  await expect(widget.panel).not.toContainText('somebody will be with you')
  await expect(widget.root.locator('.status-dot')).toHaveCount(0)
  await page.context().setOffline(false)
  await expect(widget.banner).toBeEmpty()
  await expect(widget.panel).toContainText('somebody will be with you')
  const isCall = ({ origin, pathname }: URL) => origin === server.origin && !pathname.startsWith('/cdn/')
  await page.route(isCall, (route) => route.abort('connectionrefused'))
  await widget.say('Hello')
  await expect(widget.banner).toHaveText(/Next try in \d+ sec$/)
  const [shownFirst, spokenFirst] = [await widget.banner.textContent(), await spoken.textContent()]
  expect(spokenFirst).toMatch(/Next try in/)
  await expect(widget.banner).not.toHaveText(shownFirst!)
  await expect(widget.banner).toHaveText(/Next try in/)
  expect(await spoken.textContent()).toBe(spokenFirst)
})
