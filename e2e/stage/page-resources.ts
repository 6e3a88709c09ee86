/** What a page holds: read by the debugger, and by counting what it opens and closes. */
import type { CDPSession, Page } from 'playwright/test'

export interface Held {
  listeners: Record<string, string[]>
  /** Own properties that are not what they were. */
  changed: string[]
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

interface Resources {
  remember(): void
  targets(): Record<string, EventTarget>
  held(): Promise<Omit<Held, 'listeners'>>
  sockets(): number
  /** How many timers, frames, observers, channels and sockets there have ever been. */
  begun(): number
  /** Those that were set for longer than this; Preact has its own for less. */
  timers(longerThanMs: number): number
  /** The page's own clock, uncounted. */
  wait(ms: number): Promise<void>
  /** Whatever is to be gone in the end. */
  made: WeakRef<object>[]
}
type CountedPage = typeof globalThis & { pageResources: Resources }

/** In the page, before anything else. */
const watch = () => {
  // The globals are looked up by name and replaced: hence the casts down to the end of this function.
  const host = globalThis as unknown as Record<string, (...given: unknown[]) => unknown>
  const later = host.setTimeout!.bind(globalThis)
  let begun = 0
  const counted = (set: string, clear: string, repeats = false) => {
    /** And for how long each was set. */
    const pending = new Map<unknown, number>()
    const [setNow, clearNow] = [host[set]!.bind(globalThis), host[clear]!.bind(globalThis)]
    host[set] = (run, ...more) => {
      const id = setNow(
        (...given: unknown[]) => {
          if (!repeats) pending.delete(id)
          return (run as (...given: unknown[]) => unknown)(...given)
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
  const openOnes = <T extends object>(name: string, close: keyof T, onMade?: (made: T, done: () => void) => void) => {
    const open = new Set<T>()
    const Real = host[name] as unknown as new (...given: unknown[]) => T
    host[name] = class extends (Real as unknown as new (...given: unknown[]) => object) {
      constructor(...given: unknown[]) {
        super(...given)
        begun++
        if (onMade) open.add(this as unknown as T)
        onMade?.(this as unknown as T, () => open.delete(this as unknown as T))
      }
    } as never
    const proto = Real.prototype as Record<string, (...given: unknown[]) => unknown>
    const closing = proto[close as string]!
    proto[close as string] = function (this: T, ...given: unknown[]) {
      open.delete(this)
      return closing.apply(this, given)
    } as never
    return { open, proto }
  }
  const channels = openOnes<BroadcastChannel>('BroadcastChannel', 'close', () => undefined).open
  const sockets = openOnes<WebSocket>('WebSocket', 'close', (made, done) => made.addEventListener('close', done)).open
  const observers = ['MutationObserver', 'ResizeObserver', 'IntersectionObserver'].map((name) => {
    const { open, proto } = openOnes<MutationObserver>(name, 'disconnect')
    const observe = proto.observe!
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
  const queries: Record<string, MediaQueryList> = {}
  const { matchMedia } = globalThis
  globalThis.matchMedia = (query) => (queries[query] ??= matchMedia.call(globalThis, query))
  const targets = () => ({
    window: globalThis as unknown as EventTarget,
    document,
    html: document.documentElement,
    head: document.head,
    body: document.body,
    visualViewport: visualViewport!,
    screen: screen as unknown as EventTarget,
    orientation: screen.orientation,
    navigation: (globalThis as unknown as { navigation: EventTarget }).navigation,
    connection: (navigator as unknown as { connection: EventTarget }).connection,
    serviceWorker: navigator.serviceWorker,
    fonts: document.fonts,
    ...queries,
  })
  const owners = {
    window: globalThis,
    document,
    history,
    location,
    navigator,
    navigation: (globalThis as unknown as { navigation: object }).navigation,
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
  ;(globalThis as CountedPage).pageResources = {
    remember: () => void (before = new Map(own())),
    targets,
    wait: (ms) => new Promise((resolve) => void later(resolve, ms)),
    sockets: () => sockets.size,
    begun: () => begun,
    timers: (longerThanMs) => [...timers.values()].filter((ms) => ms > longerThanMs).length,
    made: [],
    async held() {
      const now = new Map<string, PropertyDescriptor>(own())
      const { held = [], pending = [] } = await navigator.locks.query()
      return {
        changed: [...new Set([...before.keys(), ...now.keys()])].filter((key) =>
          different(before.get(key), now.get(key)),
        ),
        elements: document.querySelectorAll('*').length,
        sheets: document.adoptedStyleSheets.length + document.styleSheets.length,
        timers: timers.size,
        intervals: intervals.size,
        frames: frames.reduce((sum, { size }) => sum + size, 0),
        observers: observers.reduce((sum, { size }) => sum + size, 0),
        channels: channels.size,
        sockets: sockets.size,
        databases: databases.size,
        locks: held.length + pending.length,
      }
    },
  }
}

export const observeResources = async (page: Page) => {
  await page.addInitScript(watch)
  const wire: CDPSession = await page.context().newCDPSession(page)
  const listenersOf = async (expression: string): Promise<string[]> => {
    const { result } = await wire.send('Runtime.evaluate', { expression })
    if (!result.objectId) return []
    const { listeners } = await wire.send('DOMDebugger.getEventListeners', { objectId: result.objectId })
    return listeners.map(({ type, useCapture }) => `${type}${useCapture ? ' captured' : ''}`).sort()
  }
  return {
    remember: () => page.evaluate(() => (globalThis as CountedPage).pageResources.remember()),
    async held(): Promise<Held> {
      const names = await page.evaluate(() => Object.keys((globalThis as CountedPage).pageResources.targets()))
      const listeners: Record<string, string[]> = {}
      for (const name of names) {
        const found = await listenersOf(`pageResources.targets()[${JSON.stringify(name)}]`)
        if (found.length) listeners[name] = found
      }
      return { listeners, ...(await page.evaluate(() => (globalThis as CountedPage).pageResources.held())) }
    },
    begun: () => page.evaluate(() => (globalThis as CountedPage).pageResources.begun()),
    /** What is left in the renderer when all that can go has gone. */
    async metrics() {
      await wire.send('Performance.enable')
      for (let n = 0; n < 3; n++) await wire.send('HeapProfiler.collectGarbage')
      const { metrics } = await wire.send('Performance.getMetrics')
      const of = (name: string) => metrics.find((metric) => metric.name === name)!.value
      return {
        listeners: of('JSEventListeners'),
        documents: of('Documents'),
        nodes: of('Nodes'),
        heapBytes: of('JSHeapUsedSize'),
      }
    },
  }
}
