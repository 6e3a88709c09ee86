import { expect, test, trail } from '../../test.ts'

const registrations = (entries: { method: string }[]) => entries.filter(({ method }) => method === 'POST').length

test('the launcher is a named button, and the first open registers the visitor, once', async ({
  visitor,
  server,
  said,
}) => {
  await visitor.go('/')
  await expect(visitor.launcher).toHaveAccessibleName(/chat/i)
  await expect(visitor.launcher).toHaveAttribute('aria-expanded', 'false')
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toEqual([])
  await visitor.launcher.click()
  await expect(visitor.page.getByRole('dialog')).toBeVisible()
  await expect(visitor.launcher).toHaveAttribute('aria-expanded', 'true')
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/visitor')).map(({ status }) => status))
    .toEqual([200])
  const [registered] = await server.ledger('POST /api/v1/livechat/visitor')
  expect((registered!.body as { visitor: { token: string } }).visitor.token).toMatch(/^[0-9a-f]{64}$/)
  await visitor.go('/again')
  await visitor.launcher.click()
  await expect.poll(() => server.visits()).toHaveLength(2)
  expect(registrations(await server.ledger('livechat/visitor'))).toBe(1)
  expect(said).toEqual([])
})

test('closed, the panel is gone and focus is back on the launcher', async ({ visitor }) => {
  await visitor.go('/')
  await visitor.launcher.click()
  await expect(visitor.page.getByRole('dialog')).toBeVisible()
  await visitor.page.keyboard.press('Escape')
  await expect(visitor.page.getByRole('dialog')).toHaveCount(0)
  await expect(visitor.launcher).toBeFocused()
})

test('where livechat is switched off there is no launcher, and visits are reported', async ({ visitor, server }) => {
  await server.settings({ enabled: false })
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await expect(visitor.page.locator('tagalong-widget').getByRole('button')).toHaveCount(0)
})

test('the config is asked for once, not by every page', async ({ visitor, server }) => {
  for (const [before, path] of ['/a', '/b', '/c'].entries()) {
    await visitor.go(path)
    await visitor.launcher.waitFor()
    // A report that left with its page would be asked about.
    await expect.poll(() => server.visits()).toHaveLength(before + 1)
  }
  expect(await server.ledger('livechat/config')).toHaveLength(1)
})

test('a host of chunks that sends no CORS header costs the launcher, not the trail, is named in one sentence, and asked again', async ({
  visitor,
  server,
  site,
  said,
}) => {
  await server.settings({ cdn: 'no-cors' })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await expect
    .poll(() => said.filter((line) => line.includes('[Tagalong]')))
    .toEqual([expect.stringMatching(/Access-Control-Allow-Origin/)])
  await visitor.push('/next', 'Next')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Next'])
  await server.settings({ cdn: 'open' })
  await visitor.page.evaluate(() => window.Tagalong((api) => void api.open()))
  await expect(visitor.page.getByRole('dialog')).toBeVisible()
})

test('destroyed while the launcher is on its way, nothing comes any more', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  site.page('/brief', {
    title: 'Brief',
    head: `${tag().replace(' async', '')}<script>Tagalong((api) => { api.show(); api.destroy() })</script>`,
  })
  await visitor.go('/brief')
  await expect.poll(async () => (await server.ledger('chunks/launcher', true)).length).toBe(1)
  await visitor.rest()
  await expect(visitor.page.locator('tagalong-widget')).toHaveCount(0)
  expect(said).toEqual([])
})

test('without a usable server there is one clear error and nothing else', async ({ visitor, server, site, said }) => {
  site.page('/none', {
    title: 'None',
    head: `<script async src="${server.cdn}/tagalong.js" data-server="chat//:nowhere?"></script><script>window.failures = []; onerror = (text) => void failures.push(text)</script>`,
  })
  site.page('/empty', { title: 'Empty', head: `<script async src="${server.cdn}/tagalong.js"></script>` })
  await visitor.go('/empty')
  await expect
    .poll(() => said.filter((line) => line.startsWith('error')))
    .toEqual([expect.stringContaining('data-server')])
  await expect(visitor.page.locator('tagalong-widget')).toHaveCount(0)
  await visitor.go('/none')
  expect(await visitor.page.evaluate(() => window.failures)).toEqual([])
})

test('calls before the script wait in the stub, and run when it has come', async ({ visitor, server, site, tag }) => {
  site.page('/stub', {
    title: 'Stub',
    head: `<script>!function(){if(!window.Tagalong){var s=window.Tagalong=function(a){s.q.push(a)};s.q=[]}}()</script>${tag()}<script>Tagalong({ language: 'de' }); Tagalong(function (api) { window.api = api }); Tagalong(function () { throw new Error('the host’s own') })</script>`,
  })
  await visitor.go('/stub')
  await expect.poll(() => visitor.page.evaluate(() => window.api?.version)).toMatch(/^\d/)
  await expect.poll(() => server.visits()).toHaveLength(1)
  await visitor.page.evaluate(() => window.api?.destroy())
  await expect(visitor.page.locator('tagalong-widget')).toHaveCount(0)
  expect(await visitor.page.evaluate(() => window.Tagalong.q)).toEqual([])
})

test('a second script on the page says so once and does nothing', async ({ visitor, server, site, tag, said }) => {
  site.page('/twice', { title: 'Twice', head: tag() + tag() })
  await visitor.go('/twice')
  await expect.poll(() => said.filter((line) => line.includes('on this page twice'))).toHaveLength(1)
  await visitor.launcher.waitFor()
  await expect(visitor.page.locator('tagalong-widget')).toHaveCount(1)
  await expect.poll(() => server.visits()).toHaveLength(1)
})

test('in a frame of a page that runs the widget, the widget does nothing', async ({ visitor, server, site }) => {
  site.page('/frame', {
    title: 'Outer',
    head: `<script async src="${server.cdn}/tagalong.js" data-server="${server.origin}"></script>`,
    body: '<iframe src="/inner"></iframe>',
  })
  await visitor.go('/frame')
  await visitor.launcher.waitFor()
  await expect.poll(() => trail(server, site)).toEqual(['/frame Outer'])
  await visitor.push('/after', 'After')
  await expect.poll(() => trail(server, site)).toEqual(['/frame Outer', '/after After'])
  await expect(visitor.page.frameLocator('iframe').locator('tagalong-widget')).toHaveCount(0)
})

test('with consent asked for, nothing is stored or asked before it is given, and all of it is gone when it is taken back', async ({
  visitor,
  server,
  site,
  tag,
  context,
}) => {
  site.page('/', { title: 'Asked', head: tag('data-tracking="consent"') })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await visitor.push('/more', 'More')
  const traces = () =>
    visitor.page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => name),
    ])
  expect(await traces()).toEqual([])
  expect(await context.cookies()).toEqual([])
  expect((await server.ledger('/api/')).map(({ path }) => path)).toEqual([])
  const consent = (granted: boolean) =>
    visitor.page.evaluate(
      (given) => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(given).then(resolve))),
      granted,
    )
  await consent(true)
  await expect.poll(() => trail(server, site)).toEqual(['/more More'])
  // As the stub of a page says that was left before the script had come.
  await visitor.page.evaluate(() => void (localStorage['tagalong-left/'] = 1))
  await consent(false)
  await visitor.push('/secret', 'Secret')
  expect((await traces()).filter((name) => !name?.includes('consent') && !name?.startsWith('tagalong-127'))).toEqual([])
  await consent(true)
  await expect.poll(() => trail(server, site)).toEqual(['/more More', '/secret Secret'])
  const tokens = (await server.visits()).map(({ token }) => token)
  expect(new Set(tokens).size).toBe(2)
})

test('the single file does all of it from one request', async ({ visitor, server, site, tag }) => {
  site.page('/all', { title: 'All', head: tag('', 'tagalong.all.js') })
  await visitor.go('/all')
  await visitor.launcher.click()
  await expect(visitor.page.getByRole('dialog')).toBeVisible()
  await expect.poll(() => trail(server, site)).toEqual(['/all All'])
  expect((await server.ledger('/cdn/')).map(({ path }) => path)).toEqual(['/cdn/tagalong.all.js'])
})

test('a wrong option is named, its default used, and nothing thrown', async ({ visitor, server, site, tag, said }) => {
  site.page('/wrong', {
    title: 'Wrong',
    head: tag('data-theme="purple" data-tracking="sometimes" data-turbo-track="reload"'),
  })
  await visitor.go('/wrong')
  await expect.poll(() => server.visits()).toHaveLength(1)
  await visitor.launcher.waitFor()
  await expect.poll(() => said.filter((line) => /theme|tracking/.test(line)).length).toBe(2)
  expect(said.filter((line) => /turbo|uncaught/i.test(line))).toEqual([])
})

test('notes of the stub are dropped unread where tracking is not allowed', async ({ visitor, server, site, tag }) => {
  site.page('/asked', { title: 'Asked', head: tag('data-tracking="consent"') })
  await visitor.page.addInitScript(() => {
    if (location.pathname !== '/asked') return
    localStorage['tagalong-left/'] = 1
    sessionStorage['tagalong-left/1700000000000'] = JSON.stringify({ href: `${location.origin}/lost`, title: 'Lost' })
  })
  await visitor.go('/asked')
  await visitor.launcher.waitFor()
  expect(await visitor.page.evaluate(() => Object.keys(sessionStorage))).toEqual([])
  await visitor.page.evaluate(
    () => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(true).then(resolve))),
  )
  await expect.poll(() => trail(server, site)).toEqual(['/asked Asked'])
})

test('with on-open, nothing is stored or asked before the chat was opened, and tracking goes on from there', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  site.page('/', { title: 'Quiet', head: tag('data-tracking="on-open"') })
  site.page('/next', { title: 'Next', head: tag('data-tracking="on-open"') })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  expect((await server.ledger('/api/')).map(({ path }) => path)).toEqual([])
  expect(
    await visitor.page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()),
    ]),
  ).toEqual([])
  await visitor.launcher.click()
  await expect.poll(() => trail(server, site)).toEqual(['/ Quiet'])
  await visitor.go('/next')
  await expect.poll(() => trail(server, site)).toEqual(['/ Quiet', '/next Next'])
})

test('where the server demands consent, the visitor is registered when it is given', async ({ visitor, server }) => {
  await server.settings({
    'settings.forceAcceptDataProcessingConsent': true,
    'messages.dataProcessingConsentText': 'We keep what you write.',
    limiter: false,
  })
  await visitor.go('/')
  await visitor.launcher.click()
  await expect(visitor.page.getByText('We keep what you write.')).toBeVisible()
  await expect.poll(() => server.visits()).toHaveLength(1)
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toEqual([])
  await visitor.page
    .getByRole('dialog')
    .getByRole('button', { name: /accept|agree/i })
    .click()
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/visitor')).map(({ status }) => status))
    .toEqual([200])
})
