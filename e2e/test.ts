/** Our `test`: a livechat server, a customer's site and a visitor. Specs import only this file and speak in verbs. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { expect, test as base, type BrowserContext, type Page } from 'playwright/test'
import { findChromium } from './stage/browser.ts'
import { createBackend, type Backend, type Entry, type Fault } from './backend/index.ts'
import { judge } from './backend/referee.ts'
import { createReturning } from './returning.ts'
import { createSite, type HostPage, type Site } from './site.ts'
import { createWidget } from './widget.ts'

export { expect }
export type { Page }
export { demoAgent } from './backend/index.ts'
export type { Entry } from './backend/index.ts'

export interface StoredVisit {
  href: string
  title: string
  change: string
  token: string
  rid?: string
}

const createServer = (backend: Backend) => {
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${backend.control}/control/${path}`, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as never
  }
  return {
    ...backend,
    cdn: `${backend.origin}/cdn`,
    do: control,
    /** Every call, preflights left out unless asked for. */
    async ledger(match = '', preflights = false): Promise<Entry[]> {
      const { entries } = (await control('GET', 'ledger')) as { entries: Entry[] }
      return entries.filter(({ method, path }) => (preflights || method !== 'OPTIONS') && `${method} ${path}`.includes(match))
    },
    async visits(): Promise<StoredVisit[]> {
      const { visits } = (await control('GET', 'visits')) as { visits: { rid?: string; navigation: { token: string; page: { change: string; title: string; location: { href: string } } } }[] }
      return visits.map(({ rid, navigation: { token, page } }) => ({ href: page.location.href, title: page.title, change: page.change, token, ...(rid ? { rid } : {}) }))
    },
    /** What is stored of what was said, room by room, in the server's order. */
    async said(): Promise<string[]> {
      const { rooms } = (await control('GET', 'rooms')) as { rooms: { _id: string }[] }
      const lists = await Promise.all(rooms.map(async ({ _id }) => ((await control('GET', `messages?rid=${_id}`)) as { messages: { t?: string; msg: string }[] }).messages))
      return lists.flat().filter(({ t }) => !t).map(({ msg }) => msg)
    },
    faults: (...faults: Fault[]) => control('PUT', 'faults', faults) as Promise<void>,
    settings: (settings: Record<string, unknown>) => control('PUT', 'settings', settings) as Promise<void>,
    agent: (does: Record<string, unknown>) => control('POST', 'agent', does) as Promise<never>,
    /** The livechat port really closes; without it the same port opens again. */
    plug: (pulled: boolean) => control('PUT', 'faults', pulled ? { plug: true } : {}) as Promise<void>,
  }
}
export type Server = ReturnType<typeof createServer>

const unfairCalls = async (entries: Entry[]): Promise<string[]> => {
  const verdicts = entries
    // The checks ask for a refusal on purpose, with an empty body.
    .filter(({ path, body }) => !path.includes('/upload/') && !(path.endsWith('/visitor.status') && JSON.stringify(body) === '{}'))
    .map(async ({ method, path, query, body }) => {
      const { fine, by, says } = await judge(method, path, query, body)
      return fine ? [] : `${method} ${path} ${JSON.stringify(body)}: ${by}: ${says}`
    })
  return (await Promise.all(verdicts)).flat()
}

/** One tab of one visitor. */
const createTab = (page: Page, site: Site) => ({
  page,
  async go(path: string) {
    await page.goto(site.origin + path)
  },
  /** As a router does: the address first, the title `titleAfterMs` later (undefined: never). */
  async push(path: string, title?: string, titleAfterMs = 0, how: 'pushState' | 'replaceState' = 'pushState') {
    await page.evaluate(
      ([to, text, ms, verb]) => {
        history[verb as 'pushState']({}, '', to as string)
        if (text === null) return
        if (ms === 0) document.title = text as string
        else setTimeout(() => (document.title = text as string), ms as number)
      },
      [path, title ?? null, titleAfterMs, how] as const,
    )
  },
  replace(path: string, title?: string, titleAfterMs = 0) {
    return this.push(path, title, titleAfterMs, 'replaceState')
  },
  async hash(hash: string) {
    await page.evaluate((to) => void (location.hash = to), hash)
  },
  ...createReturning(page),
  /** Follows a real link. */
  async follow(path: string) {
    await page.evaluate((to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
    }, path)
  },
  title: (text: string) => page.evaluate((to) => void (document.title = to), text),
  /** How many visits wait in this browser. */
  waiting: () =>
    page.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => name.startsWith('tagalong-'))
      let count = 0
      for (const name of names)
        count += await new Promise<number>((resolve) => {
          const open = indexedDB.open(name)
          open.onsuccess = () => {
            const all = open.result.transaction('kept').objectStore('kept').getAllKeys(IDBKeyRange.bound('visit/', 'visit/\uffff'))
            all.onsuccess = () => {
              open.result.close()
              resolve(all.result.length)
            }
          }
        })
      return count
    }),
  /** Whether it is this tab that delivers. */
  holdsLock: () =>
    page.evaluate(() =>
      navigator.locks.request('whoever asks', async () => {
        const { held = [] } = await navigator.locks.query()
        const clientOf = (start: string) => held.find(({ name }) => name?.startsWith(start))?.clientId
        return clientOf('whoever asks') === clientOf('tagalong-')
      }),
    ),
  launcher: page.locator('tagalong-widget').getByRole('button').first(),
  widget: createWidget(page),
  close: () => page.close(),
})
export type Tab = ReturnType<typeof createTab>

export interface Visitor extends Tab {
  context: BrowserContext
  /** Another tab of the same browser. */
  tab(): Promise<Tab>
}

/** A browser of our own whose process can be killed, with a profile that outlives it. */
const createMachine = async (site: Site) => {
  const profile = await mkdtemp(join(tmpdir(), 'tagalong-profile-'))
  let running: ChildProcess | undefined
  const ended = () => new Promise((resolve) => (running?.exitCode ?? running?.signalCode ? resolve(0) : running?.once('exit', resolve)))
  return {
    async start(): Promise<Tab> {
      const flags = ['--headless=new', '--no-sandbox', '--remote-debugging-port=0', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu']
      const browser = (running = spawn(findChromium() as string, [...flags, `--user-data-dir=${profile}`, 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] }))
      const address = await new Promise<string>((resolve) => {
        let said = ''
        browser.stderr!.on('data', (chunk) => {
          const found = /ws:\/\/\S+/.exec((said += chunk))
          if (found) resolve(found[0])
        })
      })
      const [context] = (await chromium.connectOverCDP(address)).contexts()
      return createTab(context!.pages()[0] ?? (await context!.newPage()), site)
    },
    async kill() {
      process.kill(-running!.pid!, 'SIGKILL')
      await ended()
    },
    async stop() {
      if (running?.exitCode === null && running.signalCode === null) await this.kill()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Fixtures {
  machine: Awaited<ReturnType<typeof createMachine>>
  /** The server keeps its state over a restart. */
  kept: boolean
  /** Files come as a content network sends them: brotli, and kept by browsers. */
  compress: boolean
  server: Server & {
    /** Stops, and starts again at the same address. */
    restart(): Promise<void>
  }
  site: Site
  /** The one line a customer pastes, for this test's server. */
  tag: (attributes?: string, file?: string) => string
  visitor: Visitor
  /** What the console of any tab said. */
  said: string[]
}

export const test = base.extend<Fixtures>({
  kept: [false, { option: true }],
  compress: [false, { option: true }],
  server: async ({ kept, compress }, use, info) => {
    const options = { staticFolder: 'dist', compress, dataFolder: kept ? info.outputPath('server') : undefined }
    let backend = await createBackend(options)
    const [port, controlPort] = [backend.origin, backend.control].map((address) => +new URL(address).port)
    const server = createServer(backend)
    await use({
      ...server,
      async restart() {
        await backend.stop()
        backend = await createBackend({ ...options, port, controlPort })
        // A connection kept from before fails once.
        await fetch(backend.control).catch(() => undefined)
      },
    })
    const unfair = await unfairCalls(await server.ledger('/api/v1/livechat/'))
    await backend.stop()
    // Whatever the widget asked in any spec, Rocket.Chat's own request schemas take it.
    expect(unfair).toEqual([])
  },
  tag: async ({ server }, use) => {
    await use((attributes = '', file = 'tagalong.js') => `<script async src="${server.cdn}/${file}" data-server="${server.origin}" ${attributes}></script>`)
  },
  site: async ({ tag }, use) => {
    const site = await createSite((path): HostPage => ({ title: `Page ${path}`, head: tag(), body: `<h1>${path}</h1>` }))
    await use(site)
    await site.stop()
  },
  said: async ({ context }, use) => {
    const said: string[] = []
    context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
    context.on('weberror', (error) => said.push(`uncaught: ${error.error().message}`))
    await use(said)
  },
  machine: async ({ site }, use) => {
    const machine = await createMachine(site)
    await use(machine)
    await machine.stop()
  },
  visitor: async ({ context, site, said: _said }, use) => {
    const tab = async () => createTab(await context.newPage(), site)
    await use({ ...(await tab()), context, tab })
  },
})

/** The trail as agents read it: address below the site, and title. */
export const trail = async (server: Server, site: Pick<Site, 'origin'>): Promise<string[]> => (await server.visits()).map(({ href, title }) => `${href.replace(site.origin, '')} ${title}`.trim())
