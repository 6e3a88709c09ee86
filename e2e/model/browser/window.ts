import type { Globals } from '../core.ts'
import { keyRange, type Database } from './database.ts'
import type { WebLocks } from './locks.ts'
import type { Network } from './server.ts'
import type { WebStorage } from './storage.ts'
import { AbortControllerTwin, createTarget } from '../target.ts'
import type { Owner, Scheduler } from '../scheduler.ts'

export const site = 'https://shop.example'
export const serverAddress = 'https://chat.example'

/** What the documents of one browser share. */
export interface Browser {
  scheduler: Scheduler
  database: Pick<Database, 'factory'>
  locks: Pick<WebLocks, 'of'>
  network: Pick<Network, 'fetch' | 'online'>
  /** Plain http has no Web Locks. */
  secure: boolean
  /** Which way addresses are noticed there. */
  engine: 'navigation' | 'history'
  wallMs(): number
  channels: Map<Owner, (from: Owner, data: unknown) => void>
  said: string[]
}

export interface WindowOptions {
  browser: Browser
  owner: Owner
  href: string
  title: string
  kind: 'navigate' | 'reload' | 'back_forward'
  /** How many entries the tab's history has. */
  entries?: number
  visible: boolean
  parsed: boolean
  local: WebStorage
  session: WebStorage
  planted: Globals['planted']
  hop: boolean
}

/** One document: its address, its title, its clock and what the browser lets it use; nothing of the machine shows through. */
export interface Window {
  globals: Globals
  /** Every title it has had, and since when. */
  titles: { atMs: number; title: string }[]
  href(): string
  title(): string
  visible(): boolean
  parsed(): boolean
  retitle(title: string): void
  /** As the host calls it, through whatever stands before it by now. */
  go(verb: 'pushState' | 'replaceState', to: string): void
  /** A link to a fragment, or a step back within the document. */
  move(to: string, kind: 'push' | 'traverse'): void
  click(): void
  /** The parser has finished. */
  parse(): void
  show(isVisible: boolean): void
  fire(type: string, more?: Record<string, unknown>): void
}

export const createWindow = (options: WindowOptions): Window => {
  const { browser, owner, local, session } = options
  const { scheduler, database, locks, network } = browser
  const { chance } = scheduler
  const target = createTarget()
  const navigation = createTarget()
  const observers = new Set<() => void>()
  let { href, title, visible, parsed, entries = 1 } = options
  /** Titles and when they came. */
  const titles = [{ atMs: scheduler.now(), title }]

  const move = (to: string, kind: string) => {
    if (kind === 'push') entries++
    href = new URL(to, href).href
    navigation.dispatch({ type: 'currententrychange', navigationType: kind })
  }
  const own = {
    get length() {
      return entries
    },
    pushState: (_state: unknown, _unused: string, to: string) => move(to, 'push'),
    replaceState: (_state: unknown, _unused: string, to: string) => move(to, 'replace'),
  }
  const history = Object.create(own) as History
  /** What a document has lies behind it, as in browsers: what it has itself may be an element with a name. */
  const document = Object.create({
    ...createTarget(),
    head: {},
    documentElement: {},
    baseURI: href,
    get title() {
      return title
    },
    set title(text: string) {
      title = text
      titles.push({ atMs: scheduler.now(), title })
      observers.forEach((notice) => notice())
    },
    get hidden() {
      return !visible
    },
    get readyState() {
      return parsed ? 'complete' : 'loading'
    },
    dispatchEvent: () => true,
  }) as Document
  const timers = new Map<number, () => void>()
  let count = 0
  const lateness = () => (visible ? chance.next() ** 4 * 30 : chance.next() * 1000)
  const setTimeout = (run: () => void, ms = 0) => {
    timers.set(++count, scheduler.later(ms + lateness(), run, owner))
    return count
  }
  function Observer(callback: () => void) {
    let records = 0
    const notice = () => {
      if (!records++) queueMicrotask(() => records && !owner.gone && ((records = 0), callback()))
    }
    return {
      observe: () => observers.add(notice),
      disconnect() {
        observers.delete(notice)
        records = 0
      },
      takeRecords() {
        const taken = Array.from({ length: records })
        records = 0
        return taken
      },
    }
  }
  function Channel() {
    const channel: { onmessage?: (event: { data: unknown }) => void; postMessage(data: unknown): void; close(): void } =
      {
        postMessage: (data) =>
          browser.channels.forEach((hear, other) => {
            if (other !== owner) scheduler.later(chance.next() ** 2 * 5, () => hear(owner, data), other)
          }),
        close: () => browser.channels.delete(owner),
      }
    browser.channels.set(owner, (_from, data) => channel.onmessage?.({ data }))
    return channel
  }
  const random = Object.assign(Object.create(Math) as Math, { random: chance.next })
  const location = {
    origin: site,
    get href() {
      return href
    },
  }
  const navigator = {
    ...(browser.secure && { locks: locks.of(owner) }),
    get onLine() {
      return network.online()
    },
  }
  const self = {
    setTimeout,
    clearTimeout: (id: number) => timers.get(id)?.(),
    fetch: network.fetch(owner),
    addEventListener: target.addEventListener,
    removeEventListener: target.removeEventListener,
    ...(browser.engine === 'navigation' && { navigation: Object.assign(navigation, { currentEntry: {} }) }),
  }
  const note = (...said: unknown[]) => void browser.said.push(said.map(String).join(' '))
  const globals: Globals = {
    globalThis: self,
    self,
    top: self,
    location,
    history,
    document,
    navigator,
    performance: { getEntriesByType: () => [{ type: options.kind }] },
    localStorage: local,
    sessionStorage: session,
    indexedDB: database.factory(owner),
    IDBKeyRange: keyRange,
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes.map(() => chance.below(256)) },
    console: { error: note, warn: note, log: note },
    addEventListener: target.addEventListener,
    removeEventListener: target.removeEventListener,
    dispatchEvent: target.dispatch,
    CustomEvent: function CustomEvent(type: string, { detail }: { detail: unknown }) {
      return { type, detail }
    },
    EventTarget: function EventTarget() {
      const { dispatch, ...heard } = createTarget()
      return { ...heard, dispatchEvent: dispatch }
    },
    MutationObserver: Observer,
    BroadcastChannel: Channel,
    AbortController: AbortControllerTwin,
    AbortSignal: {
      timeout(ms: number) {
        const { signal, abort } = AbortControllerTwin()
        scheduler.later(ms, abort, owner)
        return signal
      },
    },
    Date: { now: () => Math.floor(browser.wallMs()) },
    Math: random,
    planted: options.planted,
    hop: options.hop
      ? <T>(value: T | Promise<T>): Promise<T> =>
          new Promise((resolve, reject) =>
            Promise.resolve(value).then(
              (result) => void scheduler.later(chance.next() ** 2, () => resolve(result), owner),
              (error: unknown) => void scheduler.later(chance.next() ** 2, () => reject(error as Error), owner),
            ),
          )
      : undefined,
  }

  return {
    globals,
    titles,
    href: () => href,
    title: () => title,
    visible: () => visible,
    parsed: () => parsed,
    retitle: (text) => void (document.title = text),
    go: (verb, to) => history[verb](null, '', to),
    move(to, kind) {
      const hashOnly = new URL(to, href).href.split('#')[0] === href.split('#')[0]
      move(to, kind)
      target.dispatch({ type: 'popstate' })
      if (hashOnly) scheduler.later(0, () => target.dispatch({ type: 'hashchange' }), owner)
    },
    click: () => target.dispatch({ type: 'click' }),
    parse() {
      parsed = true
      target.dispatch({ type: 'DOMContentLoaded' })
    },
    show(isVisible) {
      visible = isVisible
      target.dispatch({ type: 'visibilitychange' })
    },
    fire: (type, more = {}) => target.dispatch({ type, ...more }),
  }
}
