/** What the header of the panel claims, and how it is drawn: nothing is said of anybody before the server has answered. */
import { expect, test } from '../../test.ts'

test('a panel whose server does not answer says since when, and claims nobody is there', async ({ visitor }) => {
  const { page, widget } = visitor
  await page.route('**/api/v1/**', (route) => route.abort())
  await visitor.go('/')
  await widget.open()
  await expect(widget.banner).toContainText(/^No connection since \d+:\d\d/)
  await expect(widget.root.locator('.header')).not.toContainText('We are here for you')
  await expect(widget.root.locator('.status-dot')).toHaveCount(0)
  await expect(widget.composer).toHaveCount(0)
  await page.unroute('**/api/v1/**')
  await expect(widget.root.locator('.header')).toContainText('We are here for you')
  await expect(widget.root.locator('.status-dot.online')).toHaveCount(1)
  await expect(widget.banner).toBeEmpty()
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
