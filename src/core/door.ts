/** What is behind the door: calls of every kind, who the visitor becomes, checks. Fetched with the chat, or when the host asks. */
import { TagalongError, type Check, type Guest, type Visitor } from '../options'
import type { Core, Settings, Transport } from './contracts'
import type { createIdentity } from './identity'
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

export interface DoorParts {
  tracking: Tracking
  identity: ReturnType<typeof createIdentity>
  settings: Settings
  report: Core['report']
}

export const openDoor = ({ tracking, identity, settings, report }: DoorParts): Door => {
  const { server, events, guard, clock, permission, storage, tabs, send, visits, lane, newId, options } = tracking
  const { call, knock } = createTransport({ server, clock, send })
  const person = createPerson({
    storage,
    tabs,
    settings,
    visitor: identity,
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
    forgetHere() {
      tabs.say('forget')
      return tracking.afresh()
    },
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
