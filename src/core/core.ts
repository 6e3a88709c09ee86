/** What the launcher and the chat are handed: the running core, with what lies in other downloads behind the same names. */
import type { Check, Options } from '../options'
import { readTexts } from '../texts'
import { createBadge } from './badge'
import type { Core, Undo } from './contracts'
import type { Door } from './door'
import { randomId } from './id'
import { createIdentity } from './identity'
import type { Tracking } from './index'
import { createSettings } from './settings'

const restMs = 600_000

/** In other downloads: the calls and the person, and sentences. */
export interface Elsewhere {
  door(): Promise<Pick<typeof import('./door'), 'openDoor'>>
  words(): Promise<Pick<typeof import('../words'), 'sentence' | 'checkOptions'>>
}

export interface Inside {
  core: Core
  door(): Promise<Door>
  /** Looks at options that may be wrong; `attributes` are the tag's: those we do not know are another script's. */
  check(options: object, attributes?: string[]): void
  update(options: Partial<Options>): void
  stop: Undo
}

/** What needs no look at the rules. */
const plain =
  /^((server|tracking|department|language|assets|launcher) string|(sound|titleBadge|debug|honorPrivacySignals|launcher) boolean|(ignore|guest|launcher) object|sanitizeUrl function|(theme|position) string)$/

export const createCore = (tracking: Tracking, elsewhere: Elsewhere): Inside => {
  const { version, server, name, options, events, say, guard, clock, page, storage, tabs, locks, lane, addresses, redact } = tracking
  const identity = createIdentity(tracking)
  const settings = createSettings(tracking)
  const badge = createBadge(tracking)
  const listeners = new Set<(options: Options) => void>()
  const among = <T>(set: Set<(value: T) => void>, listener: (value: T) => void): Undo => {
    const guarded = guard(listener)
    set.add(guarded)
    return () => set.delete(guarded)
  }
  const reported = new Set<string>()
  const report: Core['report'] = (code, detail) => {
    const key = `${code} ${detail}`
    if (reported.has(key)) return
    reported.add(key)
    elsewhere.words().then(
      ({ sentence }) => say(code, sentence(code, detail)),
      () => say(code, detail || code),
    )
  }
  let opening: Promise<Door> | undefined
  const door = (): Promise<Door> =>
    (opening ??= elsewhere.door().then(
      ({ openDoor }) => openDoor({ tracking, identity, settings, report }),
      (error: unknown) => {
        opening = undefined
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
    page: { ...page, online: () => navigator.onLine !== false },
    storage: { ...storage, set: async (key, value) => void (await storage.update(key, () => value)), delete: async (key) => void (await storage.update(key, () => undefined)) },
    tabs,
    lock: (lockName) => locks(`${name}/${lockName}`),
    lane,
    visitor: { ...identity, register: async (guest) => (await door()).identify(guest) },
    settings,
    opened: async () => (await door()).opened(),
    observeAddress(listener) {
      const undo = among(addresses, listener)
      const href = redact(location.href)
      if (href) guard(listener)(href)
      return undo
    },
    titleBadge: badge,
    randomId,
    diagnose: async (): Promise<Check[]> => (await door()).diagnose(),
  }
  // At the first occasion: what the server wants shown; who the host says the visitor is, or wishes that no page has seen answered.
  void tracking.ready.then(
    guard(async () => {
      await settings.fresh(restMs)
      if (options.guest) await core.visitor.register(options.guest)
      else if ((await storage.list('register/', 1))[0]) await door()
    }),
  )
  return {
    core,
    door,
    check(given, attributes) {
      readTexts(given as Options)
      if (Object.entries(given).every(([key, value]) => plain.test(`${key} ${typeof value}`))) return
      void elsewhere.words().then(guard(({ checkOptions }) => checkOptions(given, (detail) => report('bad-option', detail), attributes)))
    },
    update(next) {
      Object.assign(options, next)
      listeners.forEach((listener) => listener(options))
    },
    stop: () => badge(0),
  }
}
