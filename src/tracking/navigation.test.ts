import { expect, test } from 'playwright/test'
import {
  createObservedNavigation,
  type ObservedNavigation,
  type ObservedNavigationOptions,
} from '../../e2e/fakes/navigation'
import { createSessionStorage } from '../../e2e/model/browser/storage'

let watched: ObservedNavigation
const start = (options?: ObservedNavigationOptions) => (watched = createObservedNavigation(options))
test.afterEach(() => watched.leave())

test('a page is told when it is noticed, when its title changes, and when it has settled', async () => {
  const { trail, pass, window, told } = start()
  expect(trail()).toEqual(['[/ Home]'])
  await watched.task(() => window.retitle('Welcome'))
  expect(trail()).toEqual(['[/ Welcome]'])
  await pass(1100)
  expect(trail()).toEqual(['/ Welcome'])
  expect(told.get('v1')?.times).toBe(3)
})

test('a replace while the page settles takes its place; one afterwards is a page', async () => {
  const { push, replace, pass, trail } = start()
  await pass(1100)
  await push('/old', 'Old')
  await pass(30)
  await replace('/new', 'New')
  await pass(1100)
  await replace('/later', 'Later')
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/new New', '/later Later'])
})

test('where nobody tells of moves, a redirect is told from a page by what it adds to the history, and where the visitor was in the end is seen as the page goes', async () => {
  const { replace, push, pass, fire, trail } = start({ engine: 'history', wrapped: false })
  await replace('/#/', 'Shop')
  await pass(1100)
  expect(trail()).toEqual(['/#/ Shop'])
  await push('/#/shoes', 'Shoes')
  expect(trail()).toEqual(['/#/ Shop'])
  fire('leave')
  expect(trail()).toEqual(['/#/ Shop', '/#/shoes Shoes'])
})

test('a search box that replaces the address with every key is one visit, and without end it is told all the same', async () => {
  const { push, replace, pass, trail } = start()
  await pass(1100)
  await push('/search', 'Search')
  for (let n = 1; n <= 60; n++) {
    await replace(`/search?q=${n}`)
    await pass(200)
  }
  await pass(1100)
  expect(trail()).toHaveLength(3)
  expect(trail().at(-1)).toBe('/search?q=60 Search')
})

test('sent back to where the visitor was, nothing has happened', async () => {
  const { push, replace, pass, trail } = start()
  await pass(1100)
  await push('/members')
  await replace('/')
  await pass(1100)
  expect(trail()).toEqual(['/ Home'])
  await push('/members')
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/members Home'])
})

test('the same address again is no page, nor is one that differs in a secret', async () => {
  const { push, replace, pass, trail } = start()
  await push('/')
  await replace('/')
  await push('/?token=abc')
  await pass(1100)
  expect(trail()).toEqual(['/ Home'])
})

test('a scroll-spy is no page, a hash router’s page is', async () => {
  const { push, replace, pass, window, trail } = start()
  await pass(1100)
  await replace('/#chapter-2')
  await replace('/#chapter-3')
  expect(trail()).toEqual(['/ Home'])
  await replace('/#/basket')
  await pass(1100)
  await replace('/#!/till')
  await pass(1100)
  await push('/#end')
  await pass(1100)
  await watched.task(() => window.move('/#start', 'push'))
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/#/basket Home', '/#!/till Home', '/#end Home', '/#start Home'])
})

test('pages the host ignores are not told: who comes back from them has not been away', async () => {
  const { push, pass, trail } = start()
  await push('/admin/users')
  await pass(1100)
  await push('/shoes', 'Shoes')
  await pass(1100)
  await push('/admin')
  await push('/shoes')
  await pass(1100)
  await push('/boots', 'Boots')
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/shoes Shoes', '/boots Boots'])
})

test('a page that leaves is told at once, with the title it has', async () => {
  const { push, fire, trail, pass } = start()
  await push('/a', 'A', 400)
  await watched.task(() => fire('leave'))
  expect(trail()).toEqual(['/ Home', '/a Home'])
  await pass(2000)
  expect(trail()).toEqual(['/ Home', '/a Home'])
})

test('stopped, it settles what it has and hears nothing; started again, it looks where it is', async () => {
  const { push, pass, stop, trail, start: again } = start()
  await push('/a', 'A')
  stop()
  await push('/b', 'B')
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/a A'])
  again()
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/a A', '/b B'])
})

const at = (path: string) => JSON.stringify(`https://shop.example${path}`)

/** The next document of a tab that has last recorded `last`. */
const next = (last: string | undefined, options: ObservedNavigationOptions) => {
  const session = createSessionStorage()
  if (last) session.setItem('tab/last', at(last))
  return start({ href: 'https://shop.example/a', title: 'A', session, ...options })
}

test('a new document is a visit, even at the same address; a reload or a return to it is none', async () => {
  for (const [last, kind, expected] of [
    [undefined, 'navigate', 1],
    ['/a', 'navigate', 1],
    ['/b', 'navigate', 1],
    ['/a', 'reload', 0],
    ['/b', 'reload', 1],
    ['/a', 'back_forward', 0],
    ['/b', 'back_forward', 1],
    [undefined, 'reload', 1],
  ] as const) {
    const { pass, trail } = next(last, { kind })
    await pass(1100)
    expect(trail(), `${kind} after ${last}`).toHaveLength(expected)
    watched.leave()
  }
})

test('what comes in the place of a page whose tab has died is no visit, if it is where that page was', async () => {
  for (const [died, kind, expected] of [
    ['/a', 'reload', 0],
    ['/a', 'back_forward', 0],
    ['/a', 'navigate', 1],
    ['/b', 'reload', 1],
  ] as const) {
    const dead = start({ href: 'https://shop.example/' })
    await dead.push(died)
    watched.leave()
    const { pass, trail } = next('/before', { kind, local: dead.local })
    await pass(1100)
    expect(trail(), `${kind} after a death at ${died}`).toHaveLength(expected)
    watched.leave()
  }
})

test('of a visitor’s first page the tab’s own memory is asked when it has settled or goes, and the journal has its place until then', async () => {
  for (const ends of ['settles', 'goes', 'stops'] as const) {
    const session = createSessionStorage()
    let asked = 0
    const { push, pass, fire, stop, local } = start({
      session: new Proxy(session, { get: (from, name) => (asked++, Reflect.get(from, name)) }),
    })
    await push('/a')
    expect([asked, { ...local }]).toEqual([0, { 'journal/at': at('/a') }])
    if (ends === 'settles') await pass(1100)
    else if (ends === 'goes') fire('leave')
    else stop()
    const name = JSON.parse(session.getItem('tab/tab')!) as string
    expect([session.getItem('tab/last'), { ...local }]).toEqual([at('/a'), { [`journal/tab/${name}`]: at('/a') }])
    watched.leave()
  }
})

test('what the next page of the tab has noted before the first has gone stands', () => {
  const { fire, session } = start()
  session.setItem('tab/last', at('/next'))
  fire('leave')
  expect(session.getItem('tab/last')).toBe(at('/next'))
})

test('a later page notes its place in the tab’s own memory at once', async () => {
  const local = createSessionStorage()
  local.setItem('journal/last', '1')
  const { session } = start({ local, href: 'https://shop.example/b' })
  expect([session.getItem('tab/last'), { ...local }]).toEqual([
    at('/b'),
    { 'journal/last': '1', 'journal/tab/0doc': at('/b') },
  ])
})

test('a page that comes back from the cache is a visit where the tab has been elsewhere', async () => {
  const { fire, pass, trail } = start()
  await pass(1100)
  await watched.task(() => fire('leave'))
  await watched.task(() => fire('restore'))
  await pass(1100)
  expect(trail()).toEqual(['/ Home'])
  watched.session.setItem('tab/last', at('/elsewhere'))
  await watched.task(() => fire('restore'))
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/ Home'])
})

test('a page that comes back to session storage as it left it, as in Firefox, finds in the journal where the tab has been', async () => {
  const { fire, pass, trail, local, session } = start()
  await pass(1100)
  await watched.task(() => fire('leave'))
  const name = JSON.parse(session.getItem('tab/tab')!) as string
  // Of another tab.
  local.setItem('journal/tab/2', at('/elsewhere'))
  await watched.task(() => fire('restore'))
  await pass(1100)
  expect(trail()).toEqual(['/ Home'])
  await watched.task(() => fire('leave'))
  local.setItem(`journal/tab/${name}`, at('/elsewhere'))
  await watched.task(() => fire('restore'))
  await pass(1100)
  expect([trail(), local.getItem(`journal/tab/${name}`)]).toEqual([['/ Home', '/ Home'], at('/')])
})

test('the last addresses of eight tabs are kept, the newest, and a tab opened from another has a name of its own', () => {
  const local = createSessionStorage()
  local.setItem('journal/last', '1')
  for (let n = 1; n <= 9; n++) local.setItem(`journal/tab/000${n}`, at(`/${n}`))
  const session = createSessionStorage()
  session.setItem('tab/tab', '"0009"')
  start({ local, session })
  const name = JSON.parse(session.getItem('tab/tab')!) as string
  expect(Object.keys(local).filter((key) => key.startsWith('journal/tab/'))).toEqual(
    [3, 4, 5, 6, 7, 8, 9].map((n) => `journal/tab/000${n}`).concat(`journal/tab/${name}`),
  )
  expect(local.getItem('journal/tab/0009')).toBe(at('/9'))
})

test('a page whose parser is still at work has its second from when it is done, or ten', async () => {
  const { window, fire, pass, trail } = start({ parsed: false, title: '' })
  await pass(1500)
  expect(trail()).toEqual(['[/ ]'])
  await watched.task(() => {
    window.parse()
    window.retitle('Late')
    fire('parsed')
  })
  await pass(900)
  expect(trail()).toEqual(['[/ Late]'])
  await pass(200)
  expect(trail()).toEqual(['/ Late'])
  watched.leave()
  const endless = start({ parsed: false, title: 'Stream' })
  await endless.pass(10_100)
  expect(endless.trail()).toEqual(['/ Stream'])
})

for (const engine of ['navigation', 'history'] as const)
  test(`of a script that pushes without end the first pages and the last are visits, by ${engine}, and the host is told`, async () => {
    const { push, pass, task, window, told, trail, warnings } = start({ engine })
    await pass(1100)
    for (let burst = 0; burst < 3; burst++) {
      await task(() => {
        for (let n = 0; n < 10_000; n++) window.go('pushState', `/${burst}/${n}`)
      })
      await pass(1100)
    }
    await pass(1100)
    expect(told.size).toBeGreaterThan(3 * 49)
    expect(told.size).toBeLessThanOrEqual(1 + 3 * 51)
    expect(trail().at(-1)).toBe('/2/9999 Home')
    expect(new Set(warnings)).toEqual(new Set(['too-fast']))
    await push('/after', 'After')
    await pass(1100)
    expect(trail().at(-1)).toBe('/after After')
  })

for (const engine of ['navigation', 'history'] as const)
  test(`of a page that replaces its fragment at every frame nothing is thinned into a visit, by ${engine}`, async () => {
    const { pass, task, window, told, warnings } = start({ engine })
    await pass(1100)
    for (let n = 0; n < 180; n++) {
      await task(() => window.go('replaceState', `#at-${n}`))
      await pass(16)
    }
    await pass(1100)
    expect(told.size).toBe(1)
    expect(warnings).toEqual([])
  })
