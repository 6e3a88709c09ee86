/** The rest of core, for whoever opens the door: what the launcher and the chat are handed, and what the host may call beyond tracking. */
import { TagalongError, type Guest, type Options, type Visitor } from '../options'
import { randomId } from './id'
import { createSettings } from './settings'
import { createTransport } from './transport'
import type { Tracking } from './index'
import type { Person } from './person'
import type { Core } from './contracts'

/** The sentences and the checks, fetched when somebody wants to read them. */
export type Words = Pick<typeof import('../words'), 'sentence' | 'diagnose' | 'opensSocket'>

export interface Door extends Core {
  update(options: Options): void
  identify(guest: Guest): Promise<Visitor>
  reset(): Promise<void>
  forget(): Promise<void>
}

const restMs = 600_000

export const openDoor = (tracking: Tracking, words: () => Promise<Words>, fetchPerson: () => Promise<Pick<typeof import('./person'), 'createPerson'>>): Door => {
  const { server, name, events, report, guard, clock, page, permission, storage, tabs, locks, sender, title, visitor, visits, lane, addresses, newId } = tracking
  const { call, knock } = createTransport({ server, clock, sender })
  const settings = createSettings({ storage, clock, lock: locks(`${name}/config`), ask: tracking.ask, allowed: permission.mayStore, guard })
  const optionListeners = new Set<(options: Options) => void>()

  let fetched: Promise<Person> | undefined
  const person = () =>
    (fetched ??= fetchPerson().then(
      ({ createPerson }) =>
        createPerson({
          storage,
          tabs,
          settings,
          visitor,
          call,
          lane,
          newId,
          guard,
          onRegistered({ visitorId, username }) {
            visits.wake()
            events.emit('registered', { visitorId, username })
          },
          onRefused: (detail) => report('refused', detail),
          stamp: visits.stamp,
          forgetHere: tracking.forgetHere,
        }),
      (error: unknown) => {
        fetched = undefined
        throw error
      },
    ))
  const identify = async (guest: Guest) => {
    if (Object(guest) !== guest) throw new TagalongError('bad-call', 'identify() takes an object such as { name, email }.')
    if (!permission.mayStore()) throw new TagalongError('no-consent', 'The visitor has not agreed to be followed: call consent(true) first.')
    const { department } = tracking.options
    return (await person()).register({ ...(department && { department }), ...guest })
  }

  /** At the first occasion: who the host says the visitor is, or wishes that no page has seen answered; and what the server wants shown. */
  void tracking.ready.then(
    guard(async () => {
      void settings.fresh(restMs)
      if (tracking.options.guest) await identify(tracking.options.guest)
      else if (await storage.count('register/')) await person()
    }),
  )

  return {
    version: tracking.version,
    server,
    options: () => tracking.options,
    observeOptions(listener) {
      optionListeners.add(listener)
      return () => optionListeners.delete(listener)
    },
    update(next) {
      Object.assign(tracking.options, next)
      optionListeners.forEach((listener) => guard(listener)(tracking.options))
    },
    on: events.on,
    emit: events.emit,
    report,
    guard,
    call: async (...args) => (visitor.current()?.visitor ? (await person()).call(...args) : call(...args)),
    clock,
    page,
    storage,
    tabs,
    lock: (lockName) => locks(`${name}/${lockName}`),
    lane,
    visitor: { ...visitor, register: identify },
    settings,
    identify,
    async opened() {
      permission.open()
      storage.wake()
      tracking.begin()
      if ((await settings.fresh(30_000))?.config.enabled !== false) await identify(tracking.options.guest ?? {})
    },
    observeAddress(listener) {
      const guarded = guard(listener)
      addresses.add(guarded)
      return () => addresses.delete(guarded)
    },
    titleBadge: title.badge,
    randomId: () => randomId(),
    async diagnose() {
      const { diagnose, opensSocket } = await words()
      return diagnose({ server, call, knock, socket: opensSocket, origin: location.origin, storage: !storage.volatile('visitor') })
    },
    reset: async () => (await person()).reset(),
    forget: async () => (await person()).forget(),
  }
}
