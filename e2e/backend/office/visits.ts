import { rocketCat } from './users.ts'
import { createId } from './store/ids.ts'
import { publishMessage } from './messages/messages.ts'
import type { Message, Office } from './contracts.ts'

interface Page {
  change: string
  title: string
  location: { href: string }
}

const thirtyDaysMs = 2_592_000_000

/** Stores a page view, if its `change` is the monitored one; without a room it waits for one. */
export function recordVisit(office: Office, token: string, rid: string | undefined, page: Page): Message | undefined {
  const { store, settings } = office
  if (page.change !== settings.settings.historyMonitorType) return undefined
  const ts = store.now()
  const visit: Message = {
    _id: createId(),
    t: 'livechat_navigation_history',
    ...(rid ? { rid } : {}),
    ts,
    msg: `${page.title} - ${page.location.href}`,
    u: { ...rocketCat },
    groupable: false,
    navigation: { page, token },
    ...(settings.navigationAsMessage ? {} : { _hidden: true }),
    ...(rid ? {} : { expireAt: Date.parse(ts) + thirtyDaysMs }),
    _updatedAt: ts,
  }
  store.putMessage(visit)
  publishMessage(office, visit)
  const room = rid ? store.room(rid) : undefined
  if (room) {
    room.msgs++
    store.putRoom(room)
  }
  return visit
}

/** A new room takes in every page view of its visitor that has none. */
export function joinVisits(office: Office, token: string, rid: string): void {
  for (const message of office.store.messages()) {
    if (message.navigation?.token === token && message.rid === undefined) {
      message.rid = rid
      office.store.putMessage(message)
    }
  }
}

export const visitsOf = (office: Office, rid?: string): Message[] =>
  office.store.messages().filter((message) => message.navigation && (rid === undefined || message.rid === rid))
