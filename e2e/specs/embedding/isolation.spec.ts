/** Pages that fight back: the trail is whole, the launcher is there, the chat works, and the page never notices. */
import { readFileSync } from 'node:fs'
import { routerFiles } from '../../stage/routers.ts'
import { expect, test, trail, type Server, type Tab } from '../../test.ts'
import type { HostPage, Site } from '../../stage/site.ts'

const host = (file: string) => readFileSync(new URL(`../../hosts/hostile/${file}`, import.meta.url), 'utf8')

/** What is said to the script's own global, in the page. */
const tell = (tab: Tab, words: string) =>
  tab.page.evaluate(`new Promise((done) => Tagalong((api) => done(api.${words})))`)

test.beforeEach(({ server }) => server.settings({ limiter: false }))

const everywhere = (site: Site, page: HostPage) => {
  for (const path of ['/', '/next', '/after'])
    site.page(path, { title: `Page ${path}`, body: `<h1>${path}</h1>`, ...page })
}

/**
 * A page, a push and another document arrive once each; the chat opens, and what is said is there. `isHurried`: the visitor goes on before a page
 * has been reported.
 */
const expectItWorks = async (visitor: Tab, server: Server, site: Site, isHurried = true) => {
  const expected: string[] = []
  const on = async (page: string) => {
    expected.push(page)
    if (!isHurried) await expect.poll(() => trail(server, site)).toEqual(expected)
  }
  await visitor.go('/')
  await on('/ Page /')
  await visitor.push('/shoes', 'Shoes')
  await on('/shoes Shoes')
  await visitor.follow('/next')
  await expect(visitor.page).toHaveURL(/next$/)
  await on('/next Page /next')
  await expect.poll(() => trail(server, site)).toEqual(expected)
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello'])
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
}

test('the strictest policy that allows what our documentation asks for is never broken', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  const { origin } = server
  const policy = `default-src 'self'; style-src 'self'; script-src 'self' ${origin}; connect-src ${origin} ${origin.replace('http', 'ws')}; img-src ${origin} data:; media-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`
  // Firefox asks for an icon, if the page names none, and tells that the policy forbids it.
  everywhere(site, { head: tag() + '<link rel="icon" href="data:,">', headers: { 'content-security-policy': policy } })
  await visitor.page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(violatedDirective, blockedURI),
    ),
  )
  await expectItWorks(visitor, server, site)
  expect(said).toEqual([])
})

test('style rules and text direction of the page do not change the widget', async ({ visitor, site, tag, said }) => {
  const looks = async (path: string) => {
    await visitor.go(path)
    await visitor.widget.open()
    await expect(visitor.widget.composer).toBeVisible()
    return visitor.widget.root.evaluate((root) =>
      Promise.all(root.shadowRoot!.getAnimations().map((animation) => animation.finished)).then(() =>
        [...root.shadowRoot!.querySelectorAll('*')].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          const { display, fontSize, fontFamily, color, direction, animationName, opacity } = getComputedStyle(element)
          return [
            element.tagName,
            element.className,
            ...[x, y, width, height].map(Math.round),
            display,
            fontSize,
            fontFamily,
            color,
            direction,
            animationName,
            opacity,
          ].join(' ')
        }),
      ),
    )
  }
  const plain = await looks('/')
  site.page('/hostile', {
    title: 'Hostile',
    head: `<style>${host('reset.css')}</style>${tag()}`,
    body: '<script>document.documentElement.dir = "rtl"</script>',
  })
  expect(await looks('/hostile')).toEqual(plain)
  expect(plain.length).toBeGreaterThan(20)
  expect(said).toEqual([])
})

for (const [what, file] of [
  ['arrays, texts and objects write themselves', 'prototype-js.js'],
  ['everything is frozen', 'frozen.js'],
  ['fetch is replaced after load by one that throws', 'late-fetch.js'],
  ['addEventListener wraps what it is given', 'listeners.js'],
  ['storage is refused', 'no-storage.js'],
] as const)
  test(`where ${what}, the trail is whole and the chat works`, async ({ visitor, server, site, tag, said }) => {
    site.page(`/${file}`, host(file))
    everywhere(site, { head: `<script src="/${file}"></script>${tag().replace(' async', '')}` })
    await expectItWorks(visitor, server, site, file !== 'no-storage.js')
    expect(said).toEqual([])
  })

test('where the page adds toJSON to built-in types, lists reach the server as lists, and the page’s own JSON is as before', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({
    customFields: [{ _id: 'plan', label: 'Plan', type: 'input', required: false, scope: 'visitor' }],
  })
  everywhere(site, { head: `<script>${host('prototype-js.js')}</script>${tag()}` })
  await visitor.go('/')
  await visitor.launcher.waitFor()
  const own = () => visitor.page.evaluate(() => JSON.stringify({ a: [1, 'two'] }) + JSON.stringify([1, 'two']))
  const before = await own()
  await tell(visitor, `identify({ name: 'Ada', customFields: { plan: 'gold' } })`)
  expect((await server.ledger('POST /api/v1/livechat/visitor')).map(({ body }) => body)).toEqual([
    {
      visitor: expect.objectContaining({
        name: 'Ada',
        customFields: [{ key: 'plan', value: 'gold', overwrite: true }],
      }),
    },
  ])
  expect(await own()).toBe(before)
  expect(before).toBe('"{…}""[1, two]"')
})

test('where everything is frozen and there is no Navigation API, the trail is whole', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  everywhere(site, {
    head: `<script>Object.defineProperty(window, 'navigation', { value: undefined });${host('frozen.js')}</script>${tag().replace(' async', '')}`,
  })
  // Until recovery is there, no link tells that a page of this site follows: what is on its way then is settled by a question that stands on the
  // console, a refusal.
  await expectItWorks(visitor, server, site, false)
  expect(said).toEqual([])
})

test('where the framework counts timers, none of ours keeps the application from being stable', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  everywhere(site, { head: `<script>${host('zone.js')}</script>${tag()}` })
  await expectItWorks(visitor, server, site)
  await visitor.widget.close()
  await expect.poll(() => visitor.page.evaluate('pending.size')).toBe(0)
  await visitor.go('/after')
  await visitor.launcher.waitFor()
  await expect.poll(async () => (await trail(server, site)).at(-1)).toBe('/after Page /after')
  expect(await visitor.page.evaluate('counted')).toBe(0)
  expect(said).toEqual([])
})

test('where listeners cannot be taken off, nothing happens after destroy', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  everywhere(site, { head: `<script>${host('listeners.js')}</script>${tag()}` })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
  await tell(visitor, 'destroy()')
  await visitor.push('/gone', 'Gone')
  await visitor.title('Still gone')
  await visitor.follow('/next')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
  expect(said).toEqual([])
})

test('in a sandboxed frame there is a chat, and no visit', async ({ visitor, server, site, tag, said }) => {
  site.page('/', {
    title: 'Outside',
    body: '<iframe sandbox="allow-scripts" src="/inside" width="800" height="600"></iframe>',
  })
  site.page('/inside', { title: 'Inside', head: tag() })
  await visitor.go('/')
  const widget = visitor.page.frameLocator('iframe').locator('tagalong-widget')
  await widget.getByRole('button').first().click()
  await widget.getByRole('textbox').fill('Hello')
  await widget.getByRole('textbox').press('Enter')
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
  await visitor.go('/after')
  await expect.poll(() => trail(server, site)).toEqual(['/after Page /after'])
  expect(said).toEqual([])
})

test('a document that is sandboxed itself is reported, and has its chat', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  everywhere(site, { head: tag(), headers: { 'content-security-policy': 'sandbox allow-scripts' } })
  await expectItWorks(visitor, server, site, false)
  expect(said).toEqual([])
})

test('the launcher comes back whichever way the page removes it', async ({ visitor, server, said }) => {
  await visitor.go('/')
  await visitor.launcher.waitFor()
  for (const away of [
    () => document.querySelector('tagalong-widget')!.remove(),
    () => (document.body = document.createElement('body')),
    () => [...document.documentElement.children].forEach((child) => child.tagName !== 'BODY' && child.remove()),
    () => (document.documentElement.innerHTML = '<head><title>Written</title></head><body>anew</body>'),
  ]) {
    await visitor.page.evaluate(away)
    await expect(visitor.launcher).toBeVisible()
  }
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
  expect(said).toEqual([])
})

test('over a body that Turbo swaps, the launcher and an open chat stay', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  for (const [file, text] of Object.entries(routerFiles())) site.page(`/app/${file}`, text)
  everywhere(site, {
    head: `${tag()}<script type="module" src="/app/turbo.js"></script>`,
    body: '<a href="/next">next</a>',
  })
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.composer.fill('half a sen')
  await visitor.page.evaluate(() => void (window.formerBody = document.body))
  await visitor.page.getByText('next').click()
  await expect(visitor.page).toHaveTitle('Page /next')
  expect(await visitor.page.evaluate(() => document.body === window.formerBody)).toBe(false)
  await expect(visitor.widget.composer).toHaveValue('half a sen')
  await visitor.widget.close()
  await expect(visitor.launcher).toBeVisible()
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/next Page /next'])
  expect(said).toEqual([])
})

test('two script files of the widget on one page are one instance', async ({ visitor, server, site, tag }) => {
  everywhere(site, { head: tag() + tag('', 'tagalong.all.js') })
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()
  await visitor.push('/shoes', 'Shoes')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/shoes Shoes'])
  await expect(visitor.widget.root).toHaveCount(1)
})

// Firefox keeps no page that had a socket open when it was left (README, "Browsers").
test('with the chat open and its socket connected the page keeps its place in the back/forward cache, and comes back to life @chromium', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  // Shown at once; an agent who answers sooner than the server has it stands before it.
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'Good day' })
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello', 'them: Good day'])
  await visitor.rest()
  await visitor.mark()
  await visitor.go('/next')
  await visitor.back()
  await expect(visitor.page).toHaveURL(`${site.origin}/`)
  await visitor.returned()
  await server.agent({ does: 'say', text: 'There you are' })
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello', 'them: Good day', 'them: There you are'])
})

// The site's name is one that only Chromium can be told.
test('on plain http, where there are no locks, two tabs deliver everything once, and one takes over from the other @chromium', async ({
  playwright,
  launchOptions,
  server,
  site,
}) => {
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--no-proxy-server', '--host-resolver-rules=MAP intranet.test 127.0.0.1'],
  })
  try {
    const context = await browser.newContext()
    const intranet = { origin: site.origin.replace('127.0.0.1', 'intranet.test') }
    const [one, two] = [await context.newPage(), await context.newPage()]
    await one.goto(`${intranet.origin}/`)
    expect(await one.evaluate(() => [isSecureContext, 'locks' in navigator, 'randomUUID' in crypto])).toEqual([
      false,
      false,
      false,
    ])
    // It has had an answer of its own: by that it will be judged what was on its way when it was closed.
    await expect.poll(() => trail(server, intranet)).toHaveLength(1)
    await two.goto(`${intranet.origin}/two`)
    await expect(one.locator('tagalong-widget').getByRole('button')).toBeVisible()
    await expect.poll(() => trail(server, intranet)).toHaveLength(2)
    const expected = new Set(await trail(server, intranet))
    await server.faults({ match: 'page.visited', latencyMs: 150 })
    for (const [page, name] of [
      [one, 'one'],
      [two, 'two'],
    ] as const)
      await page.evaluate((which) => {
        for (let n = 0; n < 6; n++) {
          history.pushState({}, '', `/${which}/${n}`)
          document.title = `${which} ${n}`
        }
      }, name)
    for (const name of ['one', 'two']) for (let n = 0; n < 6; n++) expected.add(`/${name}/${n} ${name} ${n}`)
    await expect.poll(async () => (await trail(server, intranet)).length).toBeGreaterThan(4)
    await one.close()
    await expect.poll(async () => new Set(await trail(server, intranet)), { timeout: 40_000 }).toEqual(expected)
    await two.evaluate(() => history.pushState({}, '', '/last'))
    await expect.poll(async () => (await trail(server, intranet)).at(-1)).toMatch(/^\/last/)
    expect(await trail(server, intranet)).toHaveLength(expected.size + 1)
  } finally {
    await browser.close()
  }
})
