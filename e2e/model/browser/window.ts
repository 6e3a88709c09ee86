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
  /** Every `await` takes time. */
  pausing: boolean
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
  /** A link, a form or a script sends the tab to this address. */
  sendTo(href: string): void
  /** The parser has finished. */
  parse(): void
  show(isVisible: boolean): void
  fire(type: string, more?: Record<string, unknown>): void
}

/** Timers of one document: late by a little, and by up to a second where nobody sees the page. */
const createTimers = (scheduler: Scheduler, owner: Owner, isVisible: () => boolean) => {
  const { chance } = scheduler
  const undoOf = new Map<number, () => void>()
  let count = 0
  const latenessMs = () => (isVisible() ? chance.next() ** 4 * 30 : chance.next() * 1000)
  return {
    setTimeout(run: () => void, ms = 0) {
      undoOf.set(++count, scheduler.later(ms + latenessMs(), run, owner))
      return count
    },
    clearTimeout: (id: number) => undoOf.get(id)?.(),
  }
}

/** A `MutationObserver` of one document. The title is all that ever changes there, so every observer hears of that. */
const createObserverConstructor = (owner: Owner, observers: Set<() => void>) =>
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

interface Channel {
  onmessage?: (event: { data: unknown }) => void
  postMessage(data: unknown): void
  close(): void
}

/** A `BroadcastChannel` of one document. There is one name only, so every other document hears. */
const createChannelConstructor = ({ scheduler, channels }: Browser, owner: Owner) =>
  function BroadcastChannel(): Channel {
    const channel: Channel = {
      postMessage: (data) =>
        channels.forEach((hear, other) => {
          if (other !== owner) scheduler.later(scheduler.chance.next() ** 2 * 5, () => hear(owner, data), other)
        }),
      close: () => channels.delete(owner),
    }
    channels.set(owner, (_from, data) => channel.onmessage?.({ data }))
    return channel
  }

/** An `AbortSignal` that aborts by itself. */
const createSignalConstructor = (scheduler: Scheduler, owner: Owner) => ({
  timeout(ms: number) {
    const { signal, abort } = AbortControllerTwin()
    scheduler.later(ms, abort, owner)
    return signal
  },
})

/** What stands between a promise and whoever waits for it: up to a millisecond. */
const createPause =
  (scheduler: Scheduler, owner: Owner) =>
  <T>(value: T | Promise<T>): Promise<T> => {
    const later = (run: () => void) => void scheduler.later(scheduler.chance.next() ** 2, run, owner)
    return new Promise((resolve, reject) =>
      Promise.resolve(value).then(
        (result) => later(() => resolve(result)),
        (error: unknown) => later(() => reject(error as Error)),
      ),
    )
  }

const withoutFragment = (href: string): string | undefined => href.split('#')[0]

/** The address and title of a document, as it and its history tell them. What a page has lies behind the object, as in browsers: what the object has itself may be an element with a name. */
const createPage = (
  options: Pick<WindowOptions, 'href' | 'title' | 'visible' | 'parsed' | 'entries'>,
  nowMs: () => number,
) => {
  const navigation = createTarget()
  const observers = new Set<() => void>()
  let { href, title, visible, parsed, entries = 1 } = options
  const titles = [{ atMs: nowMs(), title }]
  const move = (to: string, kind: string) => {
    if (kind === 'push') entries++
    href = new URL(to, href).href
    navigation.dispatch({ type: 'currententrychange', navigationType: kind })
  }
  const sendTo = (to: string) =>
    navigation.dispatch({ type: 'navigate', destination: { url: to, sameDocument: false }, downloadRequest: null })
  const history = Object.create({
    get length() {
      return entries
    },
    pushState: (_state: unknown, _unused: string, to: string) => move(to, 'push'),
    replaceState: (_state: unknown, _unused: string, to: string) => move(to, 'replace'),
  }) as History
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
      titles.push({ atMs: nowMs(), title })
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
  const location = {
    origin: site,
    get href() {
      return href
    },
  }
  return {
    navigation,
    observers,
    titles,
    history,
    document,
    location,
    move,
    sendTo,
    href: () => href,
    title: () => title,
    visible: () => visible,
    parsed: () => parsed,
    show: (isVisible: boolean) => void (visible = isVisible),
    parse: () => void (parsed = true),
  }
}

/** All that the widget's files may find in this document; anything else of the machine is hidden from them. */
const createGlobals = (
  { browser, owner, local, session, kind, planted, pausing }: WindowOptions,
  page: ReturnType<typeof createPage>,
  target: ReturnType<typeof createTarget>,
): Globals => {
  const { scheduler, database, locks, network } = browser
  const { chance } = scheduler
  const { addEventListener, removeEventListener, dispatch } = target
  const self = {
    ...createTimers(scheduler, owner, page.visible),
    fetch: network.fetch(owner),
    addEventListener,
    removeEventListener,
    ...(browser.engine === 'navigation' && { navigation: Object.assign(page.navigation, { currentEntry: {} }) }),
  }
  Object.assign(Object.getPrototypeOf(page.document) as object, { defaultView: self })
  const say = (...said: unknown[]) => void browser.said.push(said.map(String).join(' '))
  return {
    globalThis: self,
    self,
    top: self,
    location: page.location,
    history: page.history,
    document: page.document,
    navigator: {
      ...(browser.secure && { locks: locks.of(owner) }),
      get onLine() {
        return network.online()
      },
    },
    performance: { getEntriesByType: () => [{ type: kind }] },
    localStorage: local,
    sessionStorage: session,
    indexedDB: database.factory(owner),
    IDBKeyRange: keyRange,
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes.map(() => chance.below(256)) },
    console: { error: say, warn: say, log: say },
    addEventListener,
    removeEventListener,
    dispatchEvent: dispatch,
    CustomEvent: function CustomEvent(type: string, { detail }: { detail: unknown }) {
      return { type, detail }
    },
    EventTarget: function EventTarget() {
      const { dispatch: dispatchEvent, ...heard } = createTarget()
      return { ...heard, dispatchEvent }
    },
    MutationObserver: createObserverConstructor(owner, page.observers),
    BroadcastChannel: createChannelConstructor(browser, owner),
    AbortController: AbortControllerTwin,
    AbortSignal: createSignalConstructor(scheduler, owner),
    Date: { now: () => Math.floor(browser.wallMs()) },
    Math: Object.assign(Object.create(Math) as Math, { random: chance.next }),
    planted,
    pause: pausing ? createPause(scheduler, owner) : undefined,
  }
}

export const createWindow = (options: WindowOptions): Window => {
  const { browser, owner } = options
  const { scheduler } = browser
  const target = createTarget()
  const page = createPage(options, scheduler.now)
  const { titles, href, title, visible, parsed } = page
  return {
    globals: createGlobals(options, page, target),
    titles,
    href,
    title,
    visible,
    parsed,
    retitle: (text) => void (page.document.title = text),
    go: (verb, to) => page.history[verb](null, '', to),
    move(to, kind) {
      const isFragmentOnly = withoutFragment(new URL(to, href()).href) === withoutFragment(href())
      page.move(to, kind)
      target.dispatch({ type: 'popstate' })
      if (isFragmentOnly) scheduler.later(0, () => target.dispatch({ type: 'hashchange' }), owner)
    },
    sendTo: page.sendTo,
    click: () => target.dispatch({ type: 'click', composedPath: () => [] }),
    parse() {
      page.parse()
      target.dispatch({ type: 'DOMContentLoaded' })
    },
    show(isVisible) {
      if (isVisible === visible()) return
      page.show(isVisible)
      target.dispatch({ type: 'visibilitychange' })
    },
    fire: (type, more = {}) => target.dispatch({ type, ...more }),
  }
}
