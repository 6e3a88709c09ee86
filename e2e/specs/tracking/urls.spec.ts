import { expect, test, trail } from '../../engines/test.ts'
import type { EnginePage } from '../../engines/verbs.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

const removeNavigationApi = (page: EnginePage) =>
  page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))

for (const hasNavigationApi of [true, false]) {
  // oxlint-disable-next-line max-lines-per-function -- a list of tests, each on its own
  test.describe(hasNavigationApi ? 'with the Navigation API, where there is one' : 'with no Navigation API', () => {
    test.beforeEach(async ({ visitor }) => {
      if (!hasNavigationApi) await removeNavigationApi(visitor.page)
    })

    test('every kind of move is one visit, and what is no page is none @promise', async ({ visitor, server, site }) => {
      await visitor.go('/')
      const { page } = visitor
      const expected = ['/ Page /']
      const is = (more: string[] = []) => {
        expected.push(...more)
        return expect.poll(() => trail(server, site)).toEqual(expected)
      }
      await is()
      await visitor.push('/relative/a', 'A')
      await is(['/relative/a A'])
      await page.evaluate(() => history.pushState({}, '', 'b'))
      await is(['/relative/b A'])
      await page.evaluate(() => history.pushState({}, '', new URL('/url-object', location.href)))
      await is(['/url-object A'])
      await visitor.push('?q=1', 'Q')
      await is(['/url-object?q=1 Q'])
      await visitor.hash('part')
      await is(['/url-object?q=1#part Q'])
      await visitor.push('/old', 'Old')
      await page.evaluate(() =>
        setTimeout(() => {
          history.replaceState({}, '', '/new')
          document.title = 'New'
        }, 15),
      )
      await is(['/new New'])
      // No pages: the same address again, a storm of replaces, an update of the scroll place, a spy on the headings.
      await page.evaluate(() => {
        history.pushState({}, '', location.href)
        for (let n = 0; n < 50; n++) history.replaceState({ n }, '')
        history.replaceState({}, '', '#heading-2')
        history.replaceState({}, '', '#heading-3')
      })
      await visitor.replace('/replaced-later', 'Later')
      await is(['/replaced-later Later'])
      await visitor.back()
      await is(['/new Later'])
    })

    test('back and forward to other addresses are visits', async ({ visitor, server, site }) => {
      await visitor.go('/')
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
      await visitor.push('/b', 'B')
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/b B'])
      await visitor.back()
      await visitor.title('Home')
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/b B', '/ Home'])
      await visitor.forward()
      await visitor.title('B')
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/b B', '/ Home', '/b B'])
    })

    test('a pushState that throws is the host’s error and no page', async ({ visitor, server, site }) => {
      await visitor.go('/')
      await expect.poll(() => trail(server, site)).toHaveLength(1)
      expect(
        await visitor.page.evaluate(() => {
          try {
            history.pushState({}, '', 'https://elsewhere.example/')
            return 'none'
          } catch (error) {
            return (error as Error).name
          }
        }),
      ).toBe('SecurityError')
      await visitor.push('/after', 'After')
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/after After'])
    })

    test('of a script that pushes without end the first pages and the last are visits', async ({
      visitor,
      server,
      site,
    }) => {
      await visitor.go('/')
      await expect.poll(() => trail(server, site)).toEqual(['/ Page /'])
      const last = await visitor.page.evaluate(() => {
        try {
          for (let n = 0; n < 500; n++) history.pushState({}, '', `/storm/${n}`)
        } catch {
          // WebKit refuses more than a hundred within ten seconds.
        }
        return location.pathname
      })
      await expect.poll(async () => (await trail(server, site)).at(-1)).toBe(`${last} Page /`)
      expect((await trail(server, site)).length).toBeLessThan(60)
      await visitor.push('/after', 'After')
      await expect.poll(async () => (await trail(server, site)).at(-1)).toBe('/after After')
    })

    test('a hash router’s pages are pages, whichever way it moves', async ({ visitor, server, site }) => {
      await visitor.go('/app#/')
      await expect.poll(() => trail(server, site)).toEqual(['/app#/ Page /app'])
      await visitor.hash('#/one')
      await expect.poll(() => trail(server, site)).toHaveLength(2)
      await visitor.page.evaluate(() => history.replaceState({}, '', '#/two'))
      await expect.poll(() => trail(server, site)).toHaveLength(3)
      await visitor.page.evaluate(() => history.pushState({}, '', '#!three'))
      await expect
        .poll(() => trail(server, site))
        .toEqual(['/app#/ Page /app', '/app#/one Page /app', '/app#/two Page /app', '/app#!three Page /app'])
    })
  })
}

test('a base element changes what a relative address means, not what is reported', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  site.page('/deep/page', { title: 'Based', head: `<base href="/other/">${tag()}` })
  await visitor.go('/deep/page')
  await expect.poll(() => trail(server, site)).toEqual(['/deep/page Based'])
  await visitor.page.evaluate(() => history.pushState({}, '', 'relative'))
  await expect.poll(() => trail(server, site)).toEqual(['/deep/page Based', '/other/relative Based'])
})

test('wrappers before and after ours keep working, and theirs stay when we stop', async ({ visitor, server, site }) => {
  await removeNavigationApi(visitor.page)
  await visitor.page.addInitScript(() => {
    const log: string[] = []
    window.wrapperCalls = log
    const original = history.pushState
    history.pushState = function (...args) {
      log.push('before')
      return original.apply(this, args)
    }
  })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.page.evaluate(() => {
    const log = window.wrapperCalls
    const original = history.pushState
    history.pushState = function (...args) {
      log.push('after')
      return original.apply(this, args)
    }
  })
  await visitor.push('/wrapped', 'Wrapped')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/wrapped Wrapped'])
  await visitor.page.evaluate(() => window.Tagalong((api) => api.destroy()))
  await visitor.page.evaluate(() => void (window.wrapperCalls.length = 0))
  await visitor.push('/gone', 'Gone')
  expect(await visitor.page.evaluate(() => window.wrapperCalls)).toEqual(['after', 'before'])
})

test('navigation is noticed on a frozen history object too', async ({ visitor, server, site, tag }) => {
  await removeNavigationApi(visitor.page)
  await visitor.page.addInitScript(() => Object.freeze(history))
  site.page('/', {
    title: 'Frozen',
    head: tag(),
    body: "<button onclick=\"History.prototype.pushState.call(history, {}, '', '/clicked')\">go</button>",
  })
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toEqual(['/ Frozen'])
  await visitor.page.evaluate(() => document.querySelector('button')!.click())
  await expect.poll(() => trail(server, site)).toEqual(['/ Frozen', '/clicked Frozen'])
  await visitor.page.evaluate(() => {
    History.prototype.pushState.call(history, {}, '', '/titled')
    document.title = 'Titled'
  })
  await expect.poll(() => trail(server, site)).toEqual(['/ Frozen', '/clicked Frozen', '/titled Titled'])
})

test('the Navigation API taken away under us takes no page away', async ({ visitor, server, site }) => {
  await visitor.go('/')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  expect(
    await visitor.page.evaluate(() => {
      Object.defineProperty(window, 'navigation', { value: undefined, configurable: true })
      return typeof window.navigation
    }),
  ).toBe('undefined')
  await visitor.push('/after', 'After')
  await visitor.hash('part')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/after After', '/after#part After'])
})

test('a navigation that is cancelled is no page', async ({ visitor, server, site }) => {
  await visitor.go('/')
  const hasNavigationApi = await visitor.page.evaluate(() => 'navigation' in window)
  test.skip(!hasNavigationApi, 'This engine has no Navigation API.')
  await expect.poll(() => trail(server, site)).toHaveLength(1)
  await visitor.page.evaluate(() => {
    const { navigation } = window
    navigation.addEventListener('navigate', (event) => event.preventDefault(), { once: true })
    const { committed, finished } = navigation.navigate('/cancelled')
    committed?.catch(() => {})
    finished?.catch(() => {})
  })
  await visitor.push('/after', 'After')
  await expect.poll(() => trail(server, site)).toEqual(['/ Page /', '/after After'])
})

test('secrets never leave the browser, everything else of an address does @promise', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  site.page('/in', { title: 'In', head: tag('data-ignore="/admin /^\\/secret/"') })
  await visitor.go('/in?q=shoes&access_token=hush&page=2#access_token=psst&state=1')
  await expect.poll(() => trail(server, site)).toEqual(['/in?q=shoes&page=2 In'])
  await visitor.push('/admin/users', 'Users')
  await visitor.push('/secret-plan', 'Plan')
  await visitor.push('/out', 'Out')
  await expect.poll(() => trail(server, site)).toEqual(['/in?q=shoes&page=2 In', '/out Out'])
  expect(JSON.stringify(await server.ledger())).not.toMatch(/hush|psst/)
})
