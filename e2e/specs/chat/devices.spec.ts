import { expect, panel, settled, test, widget } from '../../stage/gallery.ts'

test('on a phone the panel is as high as the keyboard leaves it, and the page stays where it is', async ({
  page,
  gallery,
}) => {
  await page.setViewportSize({ width: 390, height: 700 })
  await gallery.show('talk')
  const box = () =>
    panel(page).evaluate((element) => [
      Math.round(element.getBoundingClientRect().top),
      Math.round(element.getBoundingClientRect().height),
    ])
  await settled(page)
  await expect.poll(box).toEqual([0, 700])
  await page.evaluate(() => {
    Object.defineProperties(visualViewport!, {
      height: { value: 420, configurable: true },
      offsetTop: { value: 30, configurable: true },
    })
    visualViewport!.dispatchEvent(new Event('resize'))
  })
  await expect.poll(box).toEqual([30, 420])
  await expect(widget(page).locator('textarea')).toBeInViewport()
  await expect(widget(page).locator('textarea')).toHaveCSS('font-size', '16px')
  expect(await page.evaluate(() => scrollY)).toBe(0)
})

// Playwright cannot have Firefox prefer anything (1.64.1, Firefox 153).
test('with reduced motion preferred nothing is animated @chromium', async ({ page, gallery }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await gallery.show('typing')
  await expect(widget(page).locator('.dots').first()).toBeVisible()
  const moving = () =>
    page.evaluate(() => document.querySelector('tagalong-widget')!.shadowRoot!.getAnimations().length)
  expect(await moving()).toBe(0)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect.poll(moving).toBeGreaterThan(0)
})

test('in forced colours the field that is written in shows it @chromium', async ({ page, gallery }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await gallery.show('talk')
  await widget(page).locator('textarea').focus()
  const field = widget(page).locator('.composer-field')
  await expect(field).toHaveCSS('outline-style', 'solid')
  await expect(field).not.toHaveCSS('outline-color', 'rgba(0, 0, 0, 0)')
})
