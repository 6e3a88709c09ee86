/** What the launcher and the chat are handed: the running core, with what lies in other downloads behind the same names. */
import type { Check, Options } from '../options'
import type { Core, Undo } from './contracts'
import type { Door } from './door'
import { randomId } from './id'
import type { Tracking } from './index'
import { createSettings } from './settings'

const restMs = 600_000

export const createCore = (tracking: Tracking, fetchDoor: () => Promise<Pick<typeof import('./door'), 'openDoor'>>): { core: Core; door(): Promise<Door>; update(options: Partial<Options>): void } => {
  const { version, server, name, options, events, report, guard, clock, page, permission, storage, tabs, locks, title, visitor, lane, addresses, redact } = tracking
  const settings = createSettings({ storage, clock, lock: locks(`${name}/config`), ask: tracking.ask, allowed: permission.mayStore, guard })
  const listeners = new Set<(options: Options) => void>()
  const among = <T>(set: Set<(value: T) => void>, listener: (value: T) => void): Undo => {
    const guarded = guard(listener)
    set.add(guarded)
    return () => set.delete(guarded)
  }
  let fetched: Promise<Door> | undefined
  const door = (): Promise<Door> =>
    (fetched ??= fetchDoor().then(
      ({ openDoor }) => openDoor(tracking, settings),
      (error: unknown) => {
        fetched = undefined
        throw error
      },
    ))
  const core: Core = {
    version,
    server,
    options: () => options,
    observeOptions: (listener) => among(listeners, listener),
    on: events.on,
    emit: events.emit,
    report,
    guard,
    call: async (...args) => (await door()).call(...args),
    clock,
    page,
    storage,
    tabs,
    lock: (lockName) => locks(`${name}/${lockName}`),
    lane,
    visitor: { ...visitor, register: async (guest) => (await door()).identify(guest) },
    settings,
    opened: async () => (await door()).opened(),
    observeAddress(listener) {
      const undo = among(addresses, listener)
      const href = redact(location.href)
      if (href) guard(listener)(href)
      return undo
    },
    titleBadge: title.badge,
    randomId: () => randomId(),
    diagnose: async (): Promise<Check[]> => (await door()).diagnose(),
  }
  // At the first occasion: what the server wants shown; who the host says the visitor is, or wishes that no page has seen answered.
  void tracking.ready.then(
    guard(async () => {
      await settings.fresh(restMs)
      if (options.guest) await core.visitor.register(options.guest)
      else if (await storage.count('register/')) await door()
    }),
  )
  return {
    core,
    door,
    update(next) {
      Object.assign(options, next)
      listeners.forEach((listener) => listener(options))
    },
  }
}
