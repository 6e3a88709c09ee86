import { expect, test, type Tab } from './test.ts'

const dialog = ({ page }: Tab) => page.getByRole('dialog')

/** Long after a panel that is remembered as open would be on screen. */
const quietFor = ({ page }: Tab) => page.waitForFunction(() => performance.now() > 2500)

test('a tab remembers over its pages whether the chat is open, and no other tab takes it from there', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await visitor.launcher.click()
  await expect(dialog(visitor)).toBeVisible()
  const other = await visitor.tab()
  await other.go('/other')
  await visitor.go('/next')
  await expect(dialog(visitor)).toBeVisible()
  expect(await visitor.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  await visitor.page.reload()
  await expect(dialog(visitor)).toBeVisible()
  await quietFor(other)
  await expect(dialog(other)).toHaveCount(0)
  await visitor.launcher.click()
  await expect(dialog(visitor)).toHaveCount(0)
  await visitor.page.reload()
  await quietFor(visitor)
  await expect(dialog(visitor)).toHaveCount(0)
})
