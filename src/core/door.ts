/** What is behind the door: calls of every kind, who the visitor becomes, checks. Fetched with the chat, or when the host asks. */
import { TagalongError, type Check, type Guest, type Visitor } from '../options'
import type { createBadge } from './badge'
import type { Core, Settings, Transport, Undo, VisitorState } from './contracts'
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
  setRoom(roomId: string | undefined): Promise<void>
  titleBadge(count: number): Promise<void>
  stop: Undo
}

export interface DoorParts {
  tracking: Tracking
  settings: Settings
  report: Core['report']
}

export const openDoor = ({ tracking, settings, report }: DoorParts): Door => {
  const { server, events, guard, permission, journal, storage, tabs, send, visitor, visits, lane, newId, options } = tracking
  let badge: Promise<ReturnType<typeof createBadge>> | undefined
  const change = async (how: (old: VisitorState) => VisitorState) => {
    const state = await visitor.change(how)
    tabs.say('visitor')
    return state
  }
  const { call, knock } = createTransport({ server, send })
  const person = createPerson({
    storage,
    journal,
    tabs,
    settings,
    visitor: { ...visitor, change },
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
      await identify(options.guest ?? {})
    },
    async diagnose() {
      const { diagnose, opensSocket } = await import('../words')
      return diagnose({ server, call, knock, socket: opensSocket, origin: location.origin, storage: !storage.volatile('visitor') })
    },
    reset: person.reset,
    forget: person.forget,
    async setRoom(roomId) {
      if ((await visitor.state()).roomId !== roomId) await change((old) => ({ ...old, roomId }))
    },
    async titleBadge(count) {
      if (count) badge ??= import('./badge').then(({ createBadge }) => createBadge(tracking))
      ;(await badge)?.(count)
    },
    stop: () => void badge?.then((show) => show(0)),
  }
}
