import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type BrowserContext, type CDPSession, type Frame, type Page } from 'playwright'
import { findChromium } from '../../stage/browser.ts'
import { createServers, type Servers, type ServersOptions } from './servers.ts'

export interface StageOptions extends ServersOptions {
  /** How many times slower the processor is made. */
  cpu: number
  /** The browser keeps nothing for any site: no cookies, no storage. */
  refusesStorage?: boolean
}

export const launch = {
  executablePath: findChromium(),
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--enable-precise-memory-info',
  ],
}

/** A good mobile line: with none at all a script would be there before the page's first paint, as it never is. */
export const line = { latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 500_000 }

/** A profile of its own: an empty cache and nothing stored. */
const createProfile = (refusesStorage = false) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  if (refusesStorage) {
    mkdirSync(join(folder, 'Default'))
    writeFileSync(
      join(folder, 'Default/Preferences'),
      JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
    )
  }
  return folder
}

export interface Tab {
  page: Page
  devtools: CDPSession
}

/** A server, a customer's site with one of the widgets on it, and a browser that knows neither. */
export interface Stage extends Servers {
  context: BrowserContext
  /** How many websockets the pages have opened. */
  sockets(): number
  /** A tab on a page of the site without a widget, its processor slowed. */
  tab(path?: string): Promise<Tab>
  /** Where the widget runs: its own frame, or the page. */
  frame(page: Page): Frame
}

export const createStage = async ({ cpu, refusesStorage, ...options }: StageOptions): Promise<Stage> => {
  const servers = await createServers(options)
  const { site, meter } = servers
  const profile = createProfile(refusesStorage)
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    ...launch,
    viewport: { width: 1280, height: 800 },
  })
  context.setDefaultNavigationTimeout(120_000)
  let sockets = 0
  return {
    ...servers,
    context,
    sockets: () => sockets,
    async tab(path = '/bare') {
      const opened = await context.newPage()
      opened.on('websocket', () => sockets++)
      const devtools = await context.newCDPSession(opened)
      await opened.goto(site.origin + path)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
      return { page: opened, devtools }
    },
    frame: (page) =>
      page.frames().find((frame) => frame.url().startsWith(`${meter.origin}/livechat`)) ?? page.mainFrame(),
    async stop() {
      await context.close()
      await servers.stop()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Waits at least `leastMs`, and until the server has heard nothing for `quietMs`. Nobody asks it before the last of it: on a small machine that alone would be felt in the page. */
export const untilQuiet = async ({ ledger }: Servers, leastMs: number, quietMs: number, match = ''): Promise<void> => {
  const endMs = Date.now() + leastMs
  let heard = -1
  let sinceMs = endMs - quietMs
  await wait(Math.max(0, leastMs - quietMs))
  while (Date.now() < endMs || Date.now() - sinceMs < quietMs) {
    const now = (await ledger()).filter(({ path }) => path.includes(match)).length
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
