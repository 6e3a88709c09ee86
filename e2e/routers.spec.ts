/** The same small shop in every router, driven as a visitor would: what arrives is the pages they were on, and nothing else. */
import { routerFiles } from './build/routers.ts'
import { expect, test, trail } from './test.ts'
import type { Site } from './site.ts'

const titles: Record<string, string> = { '/': 'Home', '/shoes': 'Shoes', '/shoes?size=9': 'Shoes in 9', '/lazy': 'Lazy', '/new': 'New', '/a': 'A', '/b': 'B', '/end': 'End' }

interface App {
  hash?: boolean
  /** Who writes the title: `host` begins with one of its own, `router` with none, `server` sends every page. */
  title?: 'host' | 'router' | 'server'
  /** The page the address names before the router has touched it. */
  landing?: string
  attributes?: string
}
const apps: Record<string, App> = {
  'react-router': { title: 'router' },
  'react-router-hash': { hash: true, landing: '/ Home' },
  'vue-router': {},
  'vue-router-hash': { hash: true },
  'tanstack-router': { title: 'router' },
  wouter: {},
  'preact-iso': {},
  'page-js': {},
  turbo: { title: 'server' },
  htmx: { title: 'server', attributes: 'hx-boost:inherited="true"' },
}

const serve = (name: string, { title = 'host', attributes = '' }: App, site: Site, tag: string) => {
  for (const [file, text] of Object.entries(routerFiles())) site.page(`/app/${file}`, text)
  const head = `${tag}<script type="module" src="/app/${name}.js"></script>`
  if (title !== 'server') return site.page('/', { title: title === 'host' ? 'Shop' : undefined, head, body: '<div id="app"></div>' })
  const links = [...Object.keys(titles), '/shoes?size=9#care', '/old'].map((to) => `<a href="${to}">${to}</a>`)
  for (const [path, text] of Object.entries(titles)) site.page(path, { title: text, head, body: `<div ${attributes}>${links.join(' ')}</div>`, latencyMs: path === '/lazy' ? 150 : 0 })
  site.page('/old', { status: 302, headers: { location: '/new' } })
}

for (const [name, app] of Object.entries(apps))
  for (const [manner, pauses, api] of [
    ['with pauses', true, true],
    ['in a hurry and without the Navigation API', false, false],
  ] as const)
    test(`${name}, ${manner}: every page arrives once, with its title`, async ({ visitor, server, site, tag }) => {
      const { page } = visitor
      await server.settings({ limiter: false })
      serve(name, app, site, tag())
      if (!api) await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))

      const expected: string[] = []
      const arrives = () => expect.poll(() => trail(server, site), { intervals: [50] }).toEqual(expected)
      const isOn = async (wanted: string, pause = false) => {
        const address = app.hash && wanted !== app.landing ? `/#${wanted}` : wanted
        await expect.poll(() => page.evaluate(() => `${location.href.replace(location.origin, '')} ${document.title}`), { intervals: [10] }).toBe(address)
        expected.push(address)
        // Long enough for a router to rewrite the address of a page that has already been reported.
        if (pause && pauses) await arrives()
      }
      const click = (to: string) => page.getByRole('link', { name: to, exact: true }).click()

      await page.goto(`${site.origin}/`)
      await isOn('/ Home', true)
      await click('/shoes')
      await isOn('/shoes Shoes')
      await click('/shoes?size=9')
      await isOn('/shoes?size=9 Shoes in 9')
      await click('/shoes?size=9#care')
      await isOn('/shoes?size=9#care Shoes in 9')
      await click('/lazy')
      await isOn('/lazy Lazy', true)
      await click('/old')
      await isOn('/new New', true)
      await visitor.back()
      await isOn('/lazy Lazy', true)
      await visitor.forward()
      await isOn('/new New')

      const between = await page.evaluate(async () => {
        const press = (to: string) => [...document.links].find(({ textContent }) => textContent === to)!.click()
        press('/a')
        await new Promise((resolve) => setTimeout(resolve, 40))
        const had = `${location.href.replace(location.origin, '')} ${document.title}`
        press('/b')
        return had
      })
      // On a machine under load the router may not have got to it yet.
      if (between !== expected.at(-1)) expected.push(between)
      await isOn('/b B')
      await click('/end')
      await isOn('/end End')
      await arrives()
    })
