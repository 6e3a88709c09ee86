import { expect, test, trail } from '../../engines/test.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('a link to the page itself is a visit, a reload and a discarded tab’s return are not @promise', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.follow('/')
  await expect.poll(() => trail(server, site)).toHaveLength(2)
  await visitor.page.reload()
  await visitor.page.reload()
  // As Chromium says it of a tab it had discarded: seen with chrome://discards, which leaves a tab alone that has a debugger, as every tab here has.
  await visitor.page.addInitScript(() =>
    Object.defineProperty(performance, 'getEntriesByType', { value: () => [{ type: 'back_forward' }] }),
  )
  await visitor.page.reload()
  await visitor.launcher.waitFor()
  await visitor.push('/after', 'After')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/ Page /', '/after After'])
})

test('a page restored from the back/forward cache is a visit @promise', async ({ visitor, server, site }) => {
  await visitor.go('/a')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.follow('/b')
  await expect.poll(() => trail(server, site)).toHaveLength(2)
  await visitor.rest()
  await visitor.mark()
  await visitor.go('/c')
  await expect.poll(() => trail(server, site)).toHaveLength(3)
  await visitor.back()
  await expect.poll(() => trail(server, site)).toEqual(['/a Page /a', '/b Page /b', '/c Page /c', '/b Page /b'])
  await visitor.returned()
})

test('back to a visitor’s very first page, which the browser has kept, is a visit @promise', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/first')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.rest()
  await visitor.mark()
  await visitor.go('/second')
  await expect.poll(() => trail(server, site)).toHaveLength(2)
  await visitor.back()
  await expect
    .poll(() => trail(server, site))
    .toEqual(['/first Page /first', '/second Page /second', '/first Page /first'])
  await visitor.returned()
})

test('a page left before its title has settled keeps its place in the back/forward cache, and its title', async ({
  visitor,
  server,
  site,
}) => {
  await visitor.go('/a')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.mark()
  for (const n of [1, 2, 3]) {
    await visitor.push(`/a/${n}`, `Early ${n}`)
    await visitor.rest()
    await visitor.title(`Late ${n}`)
    await visitor.rest()
    await visitor.go(`/b/${n}`)
    await visitor.back()
    await visitor.returned()
    expect(await visitor.page.evaluate(() => location.href)).toBe(`${site.origin}/a/${n}`)
    // Left for a typed address, a page reports first what it has itself, and what another left in the database comes later.
    await expect.poll(() => trail(server, site)).toContain(`/b/${n} Page /b/${n}`)
  }
  const back = (n: number) => [`/a/${n} Late ${n}`, `/b/${n} Page /b/${n}`, `/a/${n} Late ${n}`]
  await visitor.push('/last', 'Last')
  await expect.poll(() => trail(server, site)).toEqual(['/a Page /a', ...back(1), ...back(2), ...back(3), '/last Last'])
})

// WebKit gives up what is being imported when a page is left, and keeps the page all the same; Firefox does not keep it.
test('a page left before its launcher had come has one when the visitor is back, and complained of nothing', async ({
  visitor,
  server,
}) => {
  await server.faults({ match: 'chunks/launcher', latencyMs: 1500 })
  await visitor.go('/a')
  await visitor.page.waitForFunction(() => !!window.Tagalong)
  await visitor.page.evaluate(() =>
    document.addEventListener('tagalong:unavailable', () => void Object.assign(window, { complained: true })),
  )
  await visitor.go('/b')
  await server.faults()
  await visitor.launcher.waitFor()
  await visitor.rest()
  await visitor.back()
  await visitor.page.waitForFunction(() => location.pathname === '/a')
  await visitor.launcher.waitFor()
  expect(await visitor.page.evaluate(() => 'complained' in window)).toBe(false)
})

test('a page opened in a background tab is reported when it is first seen', async ({ visitor, server, site }) => {
  await visitor.page.addInitScript(() => {
    if (location.pathname !== '/behind') return
    let hidden = true
    Object.defineProperty(Document.prototype, 'hidden', { get: () => hidden })
    window.showPage = () => {
      hidden = false
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })
  await visitor.go('/behind')
  const other = await visitor.tab()
  await other.go('/front')
  await expect.poll(() => trail(server, site)).toEqual(['/front Page /front'])
  await visitor.page.evaluate(() => window.showPage())
  await expect.poll(() => trail(server, site)).toEqual(['/front Page /front', '/behind Page /behind'])
})

for (const latencyMs of [0, 150, 500])
  test(`pages left 0 to 300 ms after load are each reported once, with a server that takes ${latencyMs} ms`, async ({
    visitor,
    server,
    site,
  }) => {
    await server.faults({ match: '/api/', latencyMs })
    const stays = [0, 50, 100, 150, 200, 250, 300, 20]
    for (const [n, ms] of stays.entries()) {
      await visitor.go(`/p${n}`)
      await visitor.page.waitForFunction(() => !!window.Tagalong)
      await visitor.page.evaluate((stay) => new Promise((resolve) => setTimeout(resolve, stay)), ms)
    }
    await visitor.go('/last')
    await expect.poll(async () => (await trail(server, site)).at(-1), { timeout: 40_000 }).toBe('/last Page /last')
    expect(await trail(server, site)).toEqual([...stays.map((_ms, n) => `/p${n} Page /p${n}`), '/last Page /last'])
  })

for (const latencyMs of [30, 200])
  test(`a page left while its report is on its way arrives once, with a server that takes ${latencyMs} ms`, async ({
    visitor,
    server,
    site,
  }) => {
    await server.faults({ match: 'page.visited', latencyMs })
    const stays = [950, 1010, 1050, 1090, 1130, 1170, 1210, 1300]
    for (const [n, ms] of stays.entries()) {
      await visitor.go(`/p${n}`)
      await visitor.page.evaluate((stay) => new Promise((resolve) => setTimeout(resolve, stay)), ms)
    }
    await visitor.go('/last')
    await expect.poll(async () => (await trail(server, site)).at(-1), { timeout: 40_000 }).toBe('/last Page /last')
    expect(await trail(server, site)).toEqual([...stays.map((_ms, n) => `/p${n} Page /p${n}`), '/last Page /last'])
  })

test('a page left before the script arrived is reported by the next, once, with its title @promise', async ({
  visitor,
  server,
  site,
}) => {
  const stub = await visitor.page.evaluate(async (cdn) => {
    const text = await (await fetch(`${cdn}/snippet.html`)).text()
    return text.slice(text.indexOf('<script>'), text.indexOf('</script>') + 9)
  }, server.cdn)
  site.page('/lost', { title: 'Lost', head: stub })
  site.page('/lost-too', { title: 'Lost too', head: stub })
  await visitor.go('/lost')
  await visitor.title('Lost and retitled')
  await visitor.go('/lost-too')
  await visitor.go('/found')
  await expect
    .poll(() => trail(server, site))
    .toEqual(['/lost Lost and retitled', '/lost-too Lost too', '/found Page /found'])
  await visitor.go('/again')
  await expect.poll(() => trail(server, site)).toHaveLength(4)
})

test('the stub for consent sites stores nothing @promise', async ({ visitor, server, site }) => {
  const [noting, silent] = await visitor.page.evaluate(async (cdn) => {
    const forms = (await (await fetch(`${cdn}/snippet.html`)).text()).split('<!--').slice(1)
    return [forms[0]!, forms.find((form) => form.includes('data-tracking="consent"'))!].map((form) =>
      form.slice(form.indexOf('<script>'), form.indexOf('</script>') + 9),
    )
  }, server.cdn)
  const notes = () => visitor.page.evaluate(() => Object.keys(sessionStorage).length)
  site.page('/noting', { title: 'Noting', head: noting! })
  site.page('/silent', { title: 'Silent', head: silent! })
  await visitor.go('/silent')
  expect(await notes()).toBe(0)
  await visitor.go('/silent')
  expect(await notes()).toBe(0)
  await visitor.go('/noting')
  await visitor.go('/silent')
  expect(await notes()).toBe(1)
})
