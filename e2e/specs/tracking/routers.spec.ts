/** The same small shop in every router, driven as a visitor would. */
import { routerFiles } from '../../stage/routers.ts'
import { titles, travel } from '../../stage/journeys.ts'
import { test } from '../../test.ts'
import type { Site } from '../../stage/site.ts'

interface App {
  hash?: boolean
  landing?: string
  /** Who writes the title: `host` begins with one of its own, `router` with none, `server` sends every page. */
  title?: 'host' | 'router' | 'server'
  attributes?: string
  tag?: string
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
  // In Firefox (153) htmx (4.0.1) shows the answer to the first of two hurried clicks after all: the visitor's way is another one there.
  htmx: { title: 'server', attributes: 'hx-boost:inherited="true"', tag: '@chromium' },
}

/** The second of two hurried clicks must find the first still on its way, however slow the machine. */
const latencies: Record<string, number> = { '/lazy': 150, '/a': 500 }

const serve = (name: string, { title = 'host', attributes = '' }: App, site: Site, tag: string) => {
  for (const [file, text] of Object.entries(routerFiles())) site.page(`/app/${file}`, text)
  const head = `${tag}<script type="module" src="/app/${name}.js"></script>`
  if (title !== 'server')
    return site.page('/', { title: title === 'host' ? 'Shop' : undefined, head, body: '<div id="app"></div>' })
  const links = [...Object.keys(titles), '/shoes?size=9#care', '/old'].map((to) => `<a href="${to}">${to}</a>`)
  for (const [path, text] of Object.entries(titles))
    site.page(path, {
      title: text,
      head,
      body: `<div ${attributes}>${links.join(' ')}</div>`,
      latencyMs: latencies[path] ?? 0,
    })
  site.page('/old', { status: 302, headers: { location: '/new' } })
}

test.beforeEach(({ server }) => server.settings({ limiter: false }))

for (const [name, app] of Object.entries(apps)) {
  const details = app.tag ? { tag: app.tag } : {}
  test(
    `${name}, with pauses: every page arrives once, with its title`,
    details,
    async ({ visitor, server, site, tag }) => {
      serve(name, app, site, tag())
      await travel({ visitor, server, site, pauses: true, ...app })
    },
  )

  test(
    `${name}, in a hurry and without the Navigation API: every page arrives once, with its title`,
    details,
    async ({ visitor, server, site, tag }) => {
      serve(name, app, site, tag())
      await visitor.page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))
      await travel({ visitor, server, site, ...app })
    },
  )
}
