/** What a page holds: read by the debugger, and by counting what it opens and closes. */
import type { CDPSession, Page } from 'playwright/test'
import { needed } from './needed.ts'

/** How many of what a page has opened and not closed. */
interface Counts {
  elements: number
  sheets: number
  timers: number
  intervals: number
  frames: number
  observers: number
  channels: number
  sockets: number
  databases: number
  locks: number
}

export interface Held extends Counts {
  listeners: Record<string, string[]>
  /** Own properties that are not what they were. */
  changed: string[]
}

/** Counts what the page opens and closes. */
export interface Resources {
  held(): Promise<Counts>
  sockets(): number
  /** How many timers, frames, observers, channels and sockets there have ever been. */
  begun(): number
  /** How many timers wait that were set for longer than this; Preact has its own for less. */
  timers(longerThanMs: number): number
  /** The page's own clock, uncounted. */
  wait(ms: number): Promise<void>
  /** Whatever is to be gone in the end. */
  made: WeakRef<object>[]
}

/** Knows the globals of the page as they were. */
export interface PageGlobals {
  remember(): void
  changed(): string[]
  /** Whatever may have listeners. */
  targets(): Record<string, EventTarget>
}

/** Runs in the page before anything else. It is sent there as text, so it may use nothing from around it. */
// oxlint-disable-next-line max-lines-per-function -- what is sent to the page as text cannot call a function beside it
const countResources = () => {
  type Callable = (...given: unknown[]) => unknown
  // Globals are looked up by name and replaced: no type says that they are functions.
  const host = globalThis as unknown as Record<string, Callable>
  const functionOf = (owner: Record<string, Callable>, name: string): Callable => {
    const found = owner[name]
    if (!found) throw new Error(`This browser has no ${name}`)
    return found
  }
  const later = setTimeout.bind(globalThis)
  let begun = 0
  const counted = (set: string, clear: string, repeats = false) => {
    /** And for how long each was set. */
    const pending = new Map<unknown, number>()
    const [setNow, clearNow] = [functionOf(host, set).bind(globalThis), functionOf(host, clear).bind(globalThis)]
    host[set] = (run, ...more) => {
      const id = setNow(
        (...given: unknown[]) => {
          if (!repeats) pending.delete(id)
          return (run as Callable)(...given)
        },
        ...more,
      )
      pending.set(id, Number(more[0] ?? 0))
      begun++
      return id
    }
    host[clear] = (id) => {
      pending.delete(id)
      return clearNow(id)
    }
    return pending
  }
  const timers = counted('setTimeout', 'clearTimeout')
  const intervals = counted('setInterval', 'clearInterval', true)
  const frames = [
    counted('requestAnimationFrame', 'cancelAnimationFrame'),
    counted('requestIdleCallback', 'cancelIdleCallback'),
  ]
  /** Every one that is made, as long as it is open. */
  const openOnes = <T extends object>(name: string, close: string, onMade?: (made: T, done: () => void) => void) => {
    const open = new Set<T>()
    // The constructor of this name makes a T: its callers name both.
    const Real = host[name] as unknown as new (...given: unknown[]) => object
    class Counted extends Real {
      constructor(...given: unknown[]) {
        super(...given)
        begun++
        const made = this as unknown as T // For the same reason.
        if (onMade) open.add(made)
        onMade?.(made, () => open.delete(made))
      }
    }
    Object.assign(host, { [name]: Counted })
    const proto = Real.prototype as Record<string, Callable>
    const closing = functionOf(proto, close)
    proto[close] = function (this: T, ...given: unknown[]) {
      open.delete(this)
      return closing.apply(this, given)
    }
    return { open, proto }
  }
  const channels = openOnes<BroadcastChannel>('BroadcastChannel', 'close', () => undefined).open
  const sockets = openOnes<WebSocket>('WebSocket', 'close', (made, done) => made.addEventListener('close', done)).open
  const observers = ['MutationObserver', 'ResizeObserver', 'IntersectionObserver'].map((name) => {
    const { open, proto } = openOnes<MutationObserver>(name, 'disconnect')
    const observe = functionOf(proto, 'observe')
    proto.observe = function (this: MutationObserver, ...given: unknown[]) {
      open.add(this)
      return observe.apply(this, given)
    }
    return open
  })
  const databases = new Set<IDBDatabase>()
  const open = IDBFactory.prototype.open
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given)
    request.addEventListener('success', () => databases.add(request.result))
    return request
  }
  const close = IDBDatabase.prototype.close
  IDBDatabase.prototype.close = function () {
    databases.delete(this)
    return close.call(this)
  }
  const sizeOf = (sets: { size: number }[]) => sets.reduce((sum, { size }) => sum + size, 0)
  window.pageResources = {
    wait: (ms) => new Promise((resolve) => void later(resolve, ms)),
    sockets: () => sockets.size,
    begun: () => begun,
    timers: (longerThanMs) => [...timers.values()].filter((ms) => ms > longerThanMs).length,
    made: [],
    async held() {
      const { held = [], pending = [] } = await navigator.locks.query()
      return {
        elements: document.querySelectorAll('*').length,
        sheets: document.adoptedStyleSheets.length + document.styleSheets.length,
        timers: timers.size,
        intervals: intervals.size,
        frames: sizeOf(frames),
        observers: sizeOf(observers),
        channels: channels.size,
        sockets: sockets.size,
        databases: databases.size,
        locks: held.length + pending.length,
      }
    },
  }
}

/** Runs in the page before anything else, as text. */
const watchGlobals = () => {
  const queries: Record<string, MediaQueryList> = {}
  const { matchMedia } = globalThis
  globalThis.matchMedia = (query) => (queries[query] ??= matchMedia.call(globalThis, query))
  // TypeScript's `Navigator` has no `connection`, which not every browser has.
  const { connection } = navigator as Navigator & { connection: EventTarget }
  const owners = {
    window: globalThis,
    document,
    history,
    location,
    navigator,
    navigation: window.navigation,
    localStorage: Storage.prototype,
    fetch: EventTarget.prototype,
    History: History.prototype,
    html: document,
  }
  const own = () =>
    Object.entries(owners).flatMap(([name, owner]) =>
      Object.entries(Object.getOwnPropertyDescriptors(owner)).map(
        ([key, descriptor]) => [`${name}.${key}`, descriptor] as const,
      ),
    )
  let before = new Map<string, PropertyDescriptor>()
  const different = (a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined) =>
    !a ||
    !b ||
    (['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const).some(
      (part) => !Object.is(a[part], b[part]),
    )
  window.pageGlobals = {
    remember: () => void (before = new Map(own())),
    changed() {
      const now = new Map<string, PropertyDescriptor>(own())
      return [...new Set([...before.keys(), ...now.keys()])].filter((key) => different(before.get(key), now.get(key)))
    },
    targets: () => ({
      window,
      document,
      html: document.documentElement,
      head: document.head,
      body: document.body,
      ...(visualViewport && { visualViewport }),
      // `Screen` is an EventTarget in Chromium, where it tells of changes: https://developer.mozilla.org/docs/Web/API/Screen/change_event
      screen: screen as Screen & EventTarget,
      orientation: screen.orientation,
      navigation: window.navigation,
      connection,
      serviceWorker: navigator.serviceWorker,
      fonts: document.fonts,
      ...queries,
    }),
  }
}

export const observeResources = async (page: Page) => {
  await page.addInitScript(countResources)
  await page.addInitScript(watchGlobals)
  const wire: CDPSession = await page.context().newCDPSession(page)
  const listenersOf = async (expression: string): Promise<string[]> => {
    const { result } = await wire.send('Runtime.evaluate', { expression })
    if (!result.objectId) return []
    const { listeners } = await wire.send('DOMDebugger.getEventListeners', { objectId: result.objectId })
    return listeners.map(({ type, useCapture }) => `${type}${useCapture ? ' captured' : ''}`).sort()
  }
  return {
    remember: () => page.evaluate(() => window.pageGlobals.remember()),
    async held(): Promise<Held> {
      const names = await page.evaluate(() => Object.keys(window.pageGlobals.targets()))
      const listeners: Record<string, string[]> = {}
      for (const name of names) {
        const found = await listenersOf(`pageGlobals.targets()[${JSON.stringify(name)}]`)
        if (found.length) listeners[name] = found
      }
      const held = await page.evaluate(async () => ({
        changed: window.pageGlobals.changed(),
        ...(await window.pageResources.held()),
      }))
      return { listeners, ...held }
    },
    begun: () => page.evaluate(() => window.pageResources.begun()),
    /** What is left in the renderer when all that can go has gone. */
    async metrics() {
      await wire.send('Performance.enable')
      for (let n = 0; n < 3; n++) await wire.send('HeapProfiler.collectGarbage')
      const { metrics } = await wire.send('Performance.getMetrics')
      const of = (name: string) =>
        needed(
          metrics.find((metric) => metric.name === name),
          name,
        ).value
      return {
        listeners: of('JSEventListeners'),
        documents: of('Documents'),
        nodes: of('Nodes'),
        heapBytes: of('JSHeapUsedSize'),
      }
    },
  }
}
