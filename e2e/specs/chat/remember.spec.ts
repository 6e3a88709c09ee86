import { expect, test, type Tab } from '../../test.ts'

const dialog = ({ page }: Tab) => page.getByRole('dialog')

/** Long after a panel that is remembered as open would be on screen. */
const quietFor = ({ page }: Tab) => page.waitForFunction(() => performance.now() > 2500)

test('a tab remembers over its pages whether the chat is open, and no other tab takes it from there', async ({
  visitor,
  server,
}) => {
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

test('what was written while the server was away leaves from a tab in which nobody opens the chat', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await expect.poll(() => server.visits()).toHaveLength(1)
  const other = await visitor.tab()
  // Nobody is registered yet.
  await server.faults({ match: 'POST /api/', drop: 'before' })
  await visitor.widget.open()
  await visitor.widget.say('Is anybody there?')
  await expect(visitor.widget.panel).toContainText('Sending…')
  await visitor.page.close()
  await server.faults()
  await other.go('/other')
  await expect.poll(() => server.said(), { timeout: 40_000 }).toEqual(['Is anybody there?'])
  await expect(dialog(other)).toHaveCount(0)
})
