/** What the launcher and the chat are handed: the running core, with what lies in other downloads behind the same names. */
import type { Options } from '../options'
import { announceVisitor } from './announce'
import type { Core, Undo } from './contracts'
import type { Door } from './door'
import type { Tracking } from './index'
import { createSettings } from './settings'

const restMs = 600_000

/** In other downloads: the calls and the person, and sentences. */
export interface Elsewhere {
  door(): Promise<Pick<typeof import('./door'), 'openDoor'>>
  words(): Promise<Pick<typeof import('../words'), 'sentence' | 'readTexts' | 'checkOptions'>>
}

export interface Inside {
  core: Core
  door(): Promise<Door>
  behind<V extends keyof Door>(verb: V): Door[V]
  /** Reads options that came as texts and takes out those that are wrong; `attributes` are the tag's: those we do not know are another script's. */
  check(options: Partial<Options>, attributes?: string[]): Promise<void>
  update(options: Partial<Options>): void
  stop: Undo
}

/** What needs no look at the rules. */
const plain =
  /^((server|department|language|assets) .+|(sound|titleBadge|launcher|debug|honorPrivacySignals) (true|false)|theme (auto|light|dark)|position (end|start)|tracking (immediate|on-open|consent|off))$/

export const createCore = (tracking: Tracking, elsewhere: Elsewhere): Inside => {
  const { name, options, say, on, guard, page, storage, locks, visitor, redact, randomHex } = tracking
  const settings = createSettings(tracking)
  const listeners = new Set<(options: Options) => void>()
  const among = <T>(set: Set<(value: T) => void>, listener: (value: T) => void): Undo => {
    const guarded = guard(listener)
    set.add(guarded)
    return () => set.delete(guarded)
  }
  const report: Core['report'] = (code, detail) =>
    void elsewhere.words().then(
      ({ sentence }) => say(code, sentence(code, detail)),
      () => say(code, detail || code),
    )
  let opening: Promise<Door> | undefined
  const door = (): Promise<Door> =>
    (opening ??= elsewhere.door().then(
      ({ openDoor }) => openDoor({ tracking, settings, report }),
      (error: unknown) => {
        opening = undefined
        throw error
      },
    ))
  /** Called as if it were here. */
  const behind = <V extends keyof Door>(verb: V) => (async (...given: never[]) => ((await door())[verb] as (...given: never[]) => unknown)(...given)) as unknown as Door[V]
  const core: Core = {
    ...tracking,
    options: () => options,
    observeOptions: (listener) => among(listeners, listener),
    report,
    call: behind('call'),
    page: { ...page, online: () => navigator.onLine !== false },
    storage: { ...storage, set: async (key, value) => void (await storage.update(key, () => value)), delete: async (key) => void (await storage.update(key, () => undefined)) },
    lock: (lockName) => locks(`${name}/${lockName}`),
    visitor: {
      ...visitor,
      observe: (listener) => visitor.observe(guard(listener)),
      register: behind('identify'),
      setRoom: behind('setRoom'),
    },
    settings,
    opened: behind('opened'),
    reset: behind('reset'),
    observeAddress(listener) {
      const look = guard(() => {
        const href = redact(location.href)
        if (href) listener(href)
      })
      look()
      return on('visit', look)
    },
    titleBadge: guard(behind('titleBadge')),
    randomId: () => randomHex(9).slice(1),
    diagnose: behind('diagnose'),
  }
  announceVisitor(tracking)
  // At the first occasion: what the server wants shown; who the host says the visitor is, or wishes that no page has seen answered.
  void tracking.ready.then(
    guard(async () => {
      await settings.fresh(restMs)
      // Registering waits for the first open; whoever is registered, or comes with a token of their own, is known already.
      const { guest } = options
      if (guest && (guest.token || (await visitor.state()).visitor)) await core.visitor.register(guest)
      else if ((await storage.list('register/', 1))[0]) await door()
    }),
  )
  return {
    core,
    door,
    behind,
    async check(given, attributes) {
      if (Object.entries(given).every(([key, value]) => plain.test(`${key} ${value}`))) return
      try {
        const { readTexts, checkOptions } = await elsewhere.words()
        readTexts(given)
        checkOptions(given, (detail) => report('bad-option', detail), attributes)
      } catch {}
    },
    update(next) {
      Object.assign(options, next)
      listeners.forEach((listener) => listener(options))
    },
    stop: () => void opening?.then((opened) => opened.stop()),
  }
}
