/** What is behind the door: calls of every kind, who the visitor becomes, checks. Fetched with the chat, or when the host asks. */
import { TagalongError, type Check, type Guest, type Visitor } from '../options'
import type { Settings, Transport } from './contracts'
import type { Tracking } from './index'
import { createPerson } from './person'
import { createTransport } from './transport'

export interface Door {
  call: Transport['call']
  identify(guest: Guest): Promise<Visitor>
  opened(): Promise<void>
  diagnose(): Promise<Check[]>
  reset(): Promise<void>
  forget(): Promise<void>
}

export const openDoor = (tracking: Tracking, settings: Settings): Door => {
  const { server, events, report, guard, clock, permission, storage, tabs, sender, visitor, visits, lane, newId, options } = tracking
  const { call, knock } = createTransport({ server, clock, sender })
  const person = createPerson({
    storage,
    tabs,
    settings,
    visitor,
    call,
    lane,
    newId,
    guard,
    visits,
    onRegistered({ visitorId, username }) {
      visits.wake()
      events.emit('registered', { visitorId, username })
    },
    onRefused: (detail) => report('refused', detail),
    forgetHere: tracking.forgetHere,
  })
  const identify = async (guest: Guest) => {
    if (Object(guest) !== guest) throw new TagalongError('bad-call', 'identify() takes an object such as { name, email }.')
    if (!permission.mayStore()) throw new TagalongError('no-consent', 'No consent was given: call consent(true) first.')
    const { department } = options
    return person.register({ ...(department && { department }), ...guest })
  }
  return {
    call: person.call,
    identify,
    async opened() {
      permission.open()
      storage.wake()
      tracking.begin()
      if ((await settings.fresh(30_000))?.config.enabled !== false) await identify(options.guest ?? {})
    },
    async diagnose() {
      const { diagnose, opensSocket } = await import('../words')
      return diagnose({ server, call, knock, socket: opensSocket, origin: location.origin, storage: !storage.volatile('visitor') })
    },
    reset: person.reset,
    forget: person.forget,
  }
}
