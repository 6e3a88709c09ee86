import { expect, test } from 'playwright/test'
import { createStage, type Stage, type StageOptions } from '../../e2e/fakes/stage'
import { createSessionStorage } from '../../e2e/model/shelves'
import type { PageEvent } from './contracts'
import { createJournal } from './journal'
import { createNavigation, type Visit } from './navigation'
import { createTitle } from './title'
import { watchHistory } from './wrapping'

let stage: Stage
test.afterEach(() => stage.leave())

const guard = <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => void run(...args)

const start = ({ wrapped = true, ...options }: StageOptions & { wrapped?: boolean } = {}) => {
  stage = createStage(options)
  const { window, clock, session } = stage
  const told = new Map<string, Visit & { times: number }>()
  const listeners = new Set<(event: PageEvent) => void>()
  let count = 0
  const navigation = createNavigation({
    doc: 'doc',
    page: { visible: () => true, parsed: window.parsed, observe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    clock,
    title: createTitle(guard),
    session: createJournal('tab/', () => session),
    redact: (href) => (href.includes('/admin') ? undefined : href.replace(/[?&]token=\w+/, '')),
    newId: () => ({ id: `v${++count}`, at: clock.now() }),
    guard,
    trouble: () => (wrapped ? Promise.resolve({ watchHistory }) : Promise.resolve(undefined)),
    onVisit: (visit) => void told.set(visit.id, { ...visit, times: (told.get(visit.id)?.times ?? 0) + 1 }),
    onUndone: (id) => void told.delete(id),
  })
  navigation.start()
  const short = (href: string) => href.replace('https://shop.example', '')
  return {
    window,
    pass: stage.pass,
    told,
    stop: () => navigation.stop(),
    start: () => navigation.start(),
    fire: (event: PageEvent) => [...listeners].forEach((listener) => listener(event)),
    /** Settled visits; what may still change in brackets. */
    trail: () => [...told.values()].map(({ href, title, open }) => (open ? `[${short(href)} ${title}]` : `${short(href)} ${title}`)),
    push: (path: string, title?: string, afterMs = 0) => move('pushState', path, title, afterMs),
    replace: (path: string, title?: string, afterMs = 0) => move('replaceState', path, title, afterMs),
  }
  async function move(verb: 'pushState' | 'replaceState', path: string, title: string | undefined, afterMs: number) {
    await stage.task(() => {
      window.go(verb, path)
      if (title === undefined) return
      if (afterMs) stage.clock.after(afterMs, () => window.retitle(title))
      else window.retitle(title)
    })
  }
}

test('a page is told when it is noticed, when its title changes, and when it has settled', async () => {
  const { trail, pass, window, told } = start()
  expect(trail()).toEqual(['[/ Home]'])
  await stage.task(() => window.retitle('Welcome'))
  expect(trail()).toEqual(['[/ Welcome]'])
  await pass(1100)
  expect(trail()).toEqual(['/ Welcome'])
  expect(told.get('v1')?.times).toBe(3)
})

for (const engine of ['navigation', 'history'] as const)
  for (const afterMs of [0, 10, 160, 400, 900])
    test(`by ${engine}, a title that comes ${afterMs} ms after the address is the page’s`, async () => {
      const { push, pass, trail } = start({ engine })
      await pass(0)
      await pass(1100)
      await push('/a', 'A', afterMs)
      await pass(1100)
      await push('/b', 'B', afterMs)
      await pass(1100)
      expect(trail()).toEqual(['/ Home', '/a A', '/b B'])
    })

test('a title that is written just before the address is the next page’s', async () => {
  const { window, pass, trail } = start()
  await pass(200)
  for (const name of ['A', 'B', 'C']) {
    await stage.task(() => {
      window.retitle(name)
      window.go('pushState', `/${name}`)
    })
    await pass(40)
  }
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/A A', '/B B', '/C C'])
})

test('pages 40 ms apart keep their own titles, and one left too soon has what it had', async () => {
  const { push, pass, trail } = start()
  await pass(1100)
  await push('/a', 'A', 10)
  await pass(40)
  await push('/b', 'B', 10)
  await pass(40)
  await push('/c', 'C', 160)
  await pass(40)
  await push('/d', 'D', 10)
  await pass(1100)
  // The router of /c wrote its title after all, when /d was there already: that one is told last.
  expect(trail().slice(0, 4)).toEqual(['/ Home', '/a A', '/b B', '/c B'])
})

test('a counter in the title is told while the page settles and not afterwards', async () => {
  const { window, pass, told, trail } = start()
  await pass(1100)
  const { times } = told.get('v1')!
  for (let n = 1; n < 5; n++) {
    await stage.task(() => window.retitle(`(${n}) Home`))
    await pass(1000)
  }
  expect([told.get('v1')?.times, trail()]).toEqual([times, ['/ Home']])
})

test('an empty title in between is not the last word', async () => {
  const { window, push, pass, trail } = start()
  await pass(1100)
  await push('/a', '')
  await pass(300)
  await stage.task(() => window.retitle('A'))
  await pass(1000)
  expect(trail()).toEqual(['/ Home', '/a A'])
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
  await stage.task(() => window.move('/#start', 'push'))
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
  await stage.task(() => fire('leave'))
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

/** The next document of a tab that has last recorded `last`. */
const next = (last: string | undefined, options: StageOptions) => {
  const session = createSessionStorage()
  if (last) session.setItem('tab/last', JSON.stringify(`https://shop.example${last}`))
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
    stage.leave()
  }
  stage = createStage()
})

test('a page that comes back from the cache is a visit where the tab has been elsewhere', async () => {
  const { fire, pass, trail } = start()
  await pass(1100)
  await stage.task(() => fire('leave'))
  await stage.task(() => fire('restore'))
  await pass(1100)
  expect(trail()).toEqual(['/ Home'])
  stage.session.setItem('tab/last', JSON.stringify('https://shop.example/elsewhere'))
  await stage.task(() => fire('restore'))
  await pass(1100)
  expect(trail()).toEqual(['/ Home', '/ Home'])
})

test('a page whose parser is still at work has its second from when it is done, or ten', async () => {
  const { window, fire, pass, trail } = start({ parsed: false, title: '' })
  await pass(1500)
  expect(trail()).toEqual(['[/ ]'])
  await stage.task(() => {
    window.parse()
    window.retitle('Late')
    fire('parsed')
  })
  await pass(900)
  expect(trail()).toEqual(['[/ Late]'])
  await pass(200)
  expect(trail()).toEqual(['/ Late'])
  stage.leave()
  const endless = start({ parsed: false, title: 'Stream' })
  await endless.pass(10_100)
  expect(endless.trail()).toEqual(['/ Stream'])
})
