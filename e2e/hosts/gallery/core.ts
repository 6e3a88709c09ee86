import { createClock } from '../../../src/browser/clock'
import type { ConfigCopy, VisitorState } from '../../../src/tracking/stored'
import type { Core } from '../../../src/visitor/contracts'
import type { Storage } from '../../../src/browser/ports'
import type { Options } from '../../../src/options'

const createStorage = (): Storage => {
  const kept = new Map<string, unknown>()
  return {
    get: async <T>(key: string) => kept.get(key) as T | undefined,
    set: async (key, value) => void kept.set(key, value),
    async update(key, change) {
      // What is kept under a key has the type that it was kept with.
      const next = change(kept.get(key) as never)
      if (next === undefined) kept.delete(key)
      else kept.set(key, next)
      return next
    },
    delete: async (...keys) => keys.forEach((key) => kept.delete(key)),
    list: async <T>(prefix: string) =>
      [...kept].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value as T),
    clear: async () => kept.clear(),
    volatile: () => false,
    leave: () => undefined,
  }
}

/** A core that has everything and reaches nobody. `said` collects what it was told. */
export const createCannedCore = (
  options: Partial<Options>,
  copy: ConfigCopy,
  isOnline = true,
): Core & { said: unknown[][]; set(options: Partial<Options>): void } => {
  const said: unknown[][] = []
  const watchers = new Set<() => void>()
  const nothing = () => () => {}
  const state: VisitorState = { token: 'canned' }
  const current: Options = { server: 'https://chat.example.com', ...options }
  const unreachable = { kind: 'silent', why: 'unreachable' } as const
  return {
    said,
    set(next) {
      Object.assign(current, next)
      watchers.forEach((watch) => watch())
    },
    version: '0',
    server: current.server,
    options: () => current,
    observeOptions: nothing,
    on: nothing,
    emit: (event, detail) => void said.push(['emit', event, detail]),
    report: (code, says) => void said.push(['report', code, says]),
    guard:
      (run) =>
      (...args) => {
        try {
          run(...args)
        } catch (error) {
          said.push(['caught', `${error}`])
          console.error(error)
        }
      },
    call: async () => unreachable,
    clock: createClock(),
    page: { visible: () => true, online: () => isOnline, parsed: () => true, listen() {}, observe: nothing },
    storage: createStorage(),
    session: { read: () => undefined, write() {} },
    tabs: { post() {}, observe: nothing },
    lock: () => ({ hold: (run) => run() }),
    lane: () => ({
      put: async () => {},
      wake() {},
      check() {},
      waiting: async () => [],
      remove: async () => {},
      farewell() {},
    }),
    visitor: {
      state: async () => state,
      current: () => state,
      observe: nothing,
      register: async () => ({ visitorId: 'v', username: 'guest-1' }),
      setRoom: async () => {},
    },
    settings: {
      cached: async () => copy,
      fresh: async () => copy,
      observe(watch) {
        watchers.add(watch)
        return () => watchers.delete(watch)
      },
      tell: () => watchers.forEach((watch) => watch()),
      adjust() {},
    },
    isServerForbidden: () => false,
    mayStore: () => true,
    consent() {},
    opened: async () => void said.push(['opened']),
    reset: async () => {},
    observeAddress: nothing,
    siteOrigin: () => location.origin,
    title: { read: () => document.title, before: () => document.title, watch() {}, listen() {} },
    randomId: () => Math.random().toString(36).slice(2).padEnd(17, '0').slice(0, 17),
  }
}
