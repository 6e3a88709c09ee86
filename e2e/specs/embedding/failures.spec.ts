/** A download that could not be fetched, and one that came and broke, are told apart: only the first is the fault of the files' host. */
import { expect, test, type Visitor } from '../../test.ts'

/** The sentences of the `error` events so far. */
const errors = ({ page }: Visitor) =>
  page.evaluate(() => (window as never as { errors: { code: string; says: string }[] }).errors)

/** A page whose own script spoils something in the browser before ours comes. */
const spoiltBy = (script: string) =>
  `<script>window.errors = []; addEventListener('tagalong:error', (event) => void errors.push(event.detail), true); ${script}</script>`

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('a message that cannot be drawn is said to be just that', async ({ visitor, site, tag, said }) => {
  site.page('/shop', {
    title: 'Shop',
    head: spoiltBy('Intl.RelativeTimeFormat = function () { throw new Error("spoilt") }') + tag(),
  })
  await visitor.go('/shop')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect(visitor.widget.root).toContainText('That did not work. Please try again.')
  await expect.poll(() => errors(visitor)).toEqual([{ code: 'ui-failed', says: 'The chat could not be drawn: spoilt' }])
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

test('a launcher that cannot be drawn is said to be just that, and nothing reaches the page', async ({
  visitor,
  site,
  tag,
  said,
}) => {
  site.page('/shop', { title: 'Shop', head: spoiltBy('CSS.supports = () => { throw new Error("spoilt") }') + tag() })
  await visitor.go('/shop')
  await expect
    .poll(() => errors(visitor))
    .toEqual([{ code: 'ui-failed', says: 'The launcher could not be drawn: Error: spoilt' }])
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

test('an element that cannot be made is not said to be missing on its host', async ({ visitor, site, tag, said }) => {
  site.page('/shop', {
    title: 'Shop',
    head: spoiltBy('CSSStyleSheet.prototype.replaceSync = () => { throw new Error("spoilt") }') + tag(),
  })
  await visitor.go('/shop')
  await expect
    .poll(() => errors(visitor))
    .toEqual([{ code: 'ui-failed', says: 'No chat: spoilt: it could not be drawn.' }])
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

// A document of Firefox never asks again for a module that did not come (README, "Browsers").
test('a file of the chat that cannot be fetched is named, and fetched again at the next press @chromium', async ({
  visitor,
  site,
  tag,
}) => {
  site.page('/shop', { title: 'Shop', head: spoiltBy('') + tag() })
  await visitor.page.route('**/chunks/panel-*', (route) => route.abort())
  await visitor.go('/shop')
  await visitor.launcher.click()
  await expect
    .poll(() => errors(visitor))
    .toEqual([{ code: 'ui-failed', says: expect.stringMatching(/^The chat could not be opened: .*panel-/) }])
  await visitor.page.unroute('**/chunks/panel-*')
  await visitor.launcher.click()
  await expect(visitor.widget.panel).toBeVisible()
})

test('a part of the panel that cannot be fetched is named, with what its host must send', async ({
  visitor,
  site,
  tag,
}) => {
  site.page('/shop', { title: 'Shop', head: spoiltBy('') + tag() })
  await visitor.page.route('**/chunks/messages-*', (route) => route.abort())
  await visitor.go('/shop')
  await visitor.launcher.click()
  await visitor.widget.say('Hello')
  await expect
    .poll(() => errors(visitor))
    .toEqual([{ code: 'ui-failed', says: expect.stringMatching(/messages-.*Access-Control-Allow-Origin/) }])
})

// As above.
test('a panel whose file was lost with its page comes with that page out of the back/forward cache @chromium', async ({
  visitor,
}) => {
  // As WebKit does to a file that is on its way when its page is left.
  await visitor.page.route('**/chunks/panel-*', (route) => route.abort())
  await visitor.go('/')
  await visitor.launcher.click()
  await expect(visitor.launcher).not.toHaveClass(/busy/)
  await visitor.page.unroute('**/chunks/panel-*')
  await expect(visitor.widget.panel).toHaveCount(0)
  await visitor.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(visitor.widget.panel).toBeVisible()
})
