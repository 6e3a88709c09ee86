import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright'
import { createBackend, type Entry, type Fault } from '../backend/index.ts'
import { findChromium } from '../build/browser.ts'
import { createSite, type HostPage } from '../site.ts'
import { createMeter } from './meter.ts'
import type { Side } from './sides.ts'

export interface StageOptions {
  side: Side
  frameFolder: string
  /** How many times slower the processor is made. */
  cpu: number
  /** The browser keeps nothing for any site: no cookies, no storage. */
  refusesStorage?: boolean
  /** More of them on the widget's tag. */
  attributes?: string
  page?(path: string): HostPage
}

export interface StoredVisit {
  href: string
  title: string
  token: string
}

const launch = {
  executablePath: findChromium(),
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--enable-precise-memory-info'],
}

/** A profile of its own: an empty cache and nothing stored. */
const createProfile = (refusesStorage = false) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  if (refusesStorage) {
    mkdirSync(join(folder, 'Default'))
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }))
  }
  return folder
}

/** A server, a customer's site with one of the widgets on it, and a browser that knows neither. */
export const createStage = async ({ side, frameFolder, cpu, refusesStorage, attributes, page = (path) => ({ title: `Page ${path}`, body: `<h1>${path}</h1>` }) }: StageOptions) => {
  const backend = await createBackend({ staticFolder: 'dist', frameFolder, compress: true })
  const meter = await createMeter(+new URL(backend.origin).port)
  const site = await createSite((path) => {
    const given = page(path)
    if (path.startsWith('/bare')) return given
    return { ...given, head: `${side.head(meter.origin, attributes)}${given.head ?? ''}`, body: `${given.body ?? ''}${side.foot(meter.origin)}` }
  })
  const profile = createProfile(refusesStorage)
  const context: BrowserContext = await chromium.launchPersistentContext(profile, { ...launch, viewport: { width: 1280, height: 800 } })
  context.setDefaultNavigationTimeout(120_000)
  let sockets = 0
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${backend.control}/control/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  await control('PUT', 'settings', { resources: { sound: `${meter.origin}/sounds/chime.wav`, emojis: [] } })
  return {
    side,
    site,
    context,
    meter,
    server: meter.origin,
    sockets: () => sockets,
    settings: (settings: Record<string, unknown>) => control('PUT', 'settings', settings),
    faults: (...faults: Fault[]) => control('PUT', 'faults', faults),
    agent: (does: Record<string, unknown>) => control('POST', 'agent', does),
    ledger: async (since = 0) => (await control('GET', `ledger?since=${since}`))['entries'] as Entry[],
    async visits(): Promise<StoredVisit[]> {
      const { visits } = (await control('GET', 'visits')) as unknown as { visits: { navigation: { token: string; page: { title: string; location: { href: string } } } }[] }
      return visits.map(({ navigation: { token, page: at } }) => ({ href: at.location.href, title: at.title, token }))
    },
    /** A tab on a page of the site without a widget, its processor slowed. */
    async tab(path = '/bare'): Promise<Tab> {
      const opened = await context.newPage()
      opened.on('websocket', () => sockets++)
      const devtools = await context.newCDPSession(opened)
      await opened.goto(site.origin + path)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
      return { page: opened, devtools }
    },
    /** What goes on in the widget: its own frame, or the page. */
    frame: (page: Page) => page.frames().find((frame) => frame.url().startsWith(`${meter.origin}/livechat`)) ?? page.mainFrame(),
    async stop() {
      await context.close()
      await site.stop()
      await meter.stop()
      await backend.stop()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
export type Stage = Awaited<ReturnType<typeof createStage>>
export interface Tab {
  page: Page
  devtools: CDPSession
}

/** Waits at least `leastMs`, and until the server has heard nothing for `quietMs`. */
export const untilQuiet = async (stage: Stage, leastMs: number, quietMs: number, match = ''): Promise<void> => {
  const beginMs = Date.now()
  let heard = -1
  let sinceMs = beginMs
  while (Date.now() - beginMs < leastMs || Date.now() - sinceMs < quietMs) {
    const now = (await stage.ledger()).filter(({ path }) => path.includes(match)).length
    if (now !== heard) sinceMs = Date.now()
    heard = now
    await wait(250)
  }
}

/** Sets up, plays, and clears away whatever happens. */
export const onStage = async <T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> => {
  const stage = await createStage(options)
  try {
    return await play(stage)
  } finally {
    await stage.stop()
  }
}

/** Looks every quarter second until it is so; false when it took too long. */
export const until = async (look: () => Promise<boolean>, longestMs: number): Promise<boolean> => {
  for (const endMs = Date.now() + longestMs; Date.now() < endMs; await wait(250)) if (await look()) return true
  return false
}
