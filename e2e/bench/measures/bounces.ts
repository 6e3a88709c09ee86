/** Visitors who look at one page and never return, and a page that mounts its widget twice. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { chromium } from 'playwright'
import { createSite } from '../../stage/site.ts'
import { buildRouters } from '../../stage/routers.ts'
import { followLink } from '../../stage/verbs.ts'
import { buildStrictMode } from '../../stage/strictMode.ts'
import type { Run } from '../run.ts'
import { createServers, type Servers } from '../stage/servers.ts'
import { createStubbedSides, type Side } from '../stage/sides.ts'
import { launch, line } from '../stage/stage.ts'
import { table } from '../table.ts'

/** By how long after the page's `load` the visitor goes. */
const staysMs = [0, 300, 700, 1100, 1600]
const tries = 4
/** What left with its page has long arrived. */
const arrivedAfterMs = 5000

const ways: Record<string, (page: Page, elsewhere: string) => Promise<unknown>> = {
  'tab closed': (page) => page.close(),
  'link to another site': async (page, elsewhere) => {
    await followLink(page, elsewhere)
    await page.waitForURL(`${elsewhere}/**`)
  },
}

interface Bounced {
  way: string
  stayMs: number
  arrived: number
  doubled: number
}
interface Mounted {
  cleansUp: boolean
  pages: number
  delivered: number
  doubled: number
}
export interface Bounces {
  side: Side
  bounced: Bounced[]
  mounted: Mounted[]
}

/** A browser that knows neither the site nor the widget, on a good mobile line. */
const asStranger = async (browser: Browser, visit: (page: Page) => Promise<unknown>) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...line })
  await visit(page)
  // The browser goes on: it is what brings a request home whose page has gone.
  await wait(arrivedAfterMs)
  await context.close()
}

const storedAt = async ({ visits }: Servers, href: string) =>
  (await visits()).filter((visit) => visit.href === href).length

const measureBounces = async (browser: Browser, servers: Servers): Promise<Bounced[]> => {
  const elsewhere = await createSite(() => ({ title: 'Elsewhere' }))
  const bounced: Bounced[] = []
  for (const [way, leave] of Object.entries(ways))
    for (const stayMs of staysMs) {
      const hrefs = Array.from(
        { length: tries },
        (_, n) => `${servers.site.origin}/${way.replaceAll(' ', '-')}/${stayMs}/${n}`,
      )
      await Promise.all(
        hrefs.map((href) =>
          asStranger(browser, async (page) => {
            await page.goto(href)
            await wait(stayMs)
            await leave(page, elsewhere.origin)
          }),
        ),
      )
      const counts = await Promise.all(hrefs.map((href) => storedAt(servers, href)))
      bounced.push({
        way,
        stayMs,
        arrived: counts.filter(Boolean).length,
        doubled: counts.filter((count) => count > 1).length,
      })
    }
  await elsewhere.stop()
  return bounced
}

/** What an application does in its effect: ours by the npm package, the official one by the snippet its makers tell to paste. */
const mount = async (page: Page, side: Side, server: string, cleansUp: boolean) => {
  if (side.name === 'tagalong')
    return page.evaluate(([address, cleans]) => window.mountStrict(address, cleans), [server, cleansUp] as const)
  return page.evaluate(
    ([snippet, cleans]) =>
      window.mountEffect(() => {
        const holder = document.body.appendChild(document.createElement('div'))
        const fragment = document.createRange().createContextualFragment(snippet)
        holder.append(fragment)
        return cleans ? () => holder.remove() : undefined
      }),
    [side.foot(server), cleansUp] as const,
  )
}

const measureMounting = async (browser: Browser, servers: Servers): Promise<Mounted[]> => {
  const { site, side, server } = servers
  // React is among what the routers need.
  await buildRouters()
  site.page('/app.js', await buildStrictMode())
  const mounted: Mounted[] = []
  for (const cleansUp of [true, false]) {
    const paths = ['', '/second', '/third'].map((path) => `/bare/${cleansUp ? 'clean' : 'unclean'}${path}`)
    for (const path of paths)
      site.page(path, { title: `Page ${path}`, head: '<script type="module" src="/app.js"></script>' })
    await asStranger(browser, async (page) => {
      const [first, ...others] = paths
      await page.goto(site.origin + first)
      await mount(page, side, server, cleansUp)
      await wait(arrivedAfterMs)
      for (const path of others) {
        await page.evaluate((to) => history.pushState(null, '', to), path)
        await wait(2500)
      }
    })
    const counts = await Promise.all(paths.map((path) => storedAt(servers, site.origin + path)))
    mounted.push({
      cleansUp,
      pages: paths.length,
      delivered: counts.filter(Boolean).length,
      doubled: counts.filter((count) => count > 1).length,
    })
  }
  return mounted
}

export const measureBouncesOfAll = async (run: Run): Promise<Bounces[]> => {
  const all: Bounces[] = []
  for (const side of createStubbedSides().filter(({ name }) => name !== 'none')) {
    const servers = await createServers({ side, frameFolder: run.frameFolder })
    const browser = await chromium.launch(launch)
    try {
      await servers.settings({ limiter: false })
      const bounced = await measureBounces(browser, servers)
      const mounted = await measureMounting(browser, servers)
      all.push({ side, bounced, mounted })
      run.tell(`${side.title}: ${JSON.stringify({ bounced, mounted })}`)
    } finally {
      await browser.close()
      await servers.stop()
    }
  }
  return all
}

export const sayBounces = (all: Bounces[]): string => {
  const bounces = all.flatMap(({ side, bounced }) =>
    Object.keys(ways).map((way) => [
      side.title,
      way,
      ...staysMs.map((ms) => {
        const found = bounced.find((one) => one.way === way && one.stayMs === ms)
        return `${found?.arrived ?? 0}${found?.doubled ? ` (${found.doubled} doubled)` : ''}`
      }),
    ]),
  )
  const mounts = all.flatMap(({ side, mounted }) =>
    mounted.map(({ cleansUp, pages, delivered, doubled }) => [
      side.title,
      cleansUp ? 'with a cleanup' : 'without one',
      `${delivered}/${pages}`,
      `${doubled}`,
    ]),
  )
  return `Visitors who look at one page and never return: delivered of ${tries}, by milliseconds after \`load\`

${table(['widget', 'how they go', ...staysMs.map((ms) => `${ms} ms`)], bounces)}

React's StrictMode, which mounts a component twice:

${table(['widget', 'the component’s effect', 'delivered', 'doubled'], mounts)}`
}
