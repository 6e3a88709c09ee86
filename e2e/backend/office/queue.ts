import { rocketCat } from './users.ts'
import type { Office, Room } from './contracts.ts'

export interface QueueInfo {
  spot: number
  message: { text: string; user: { _id: string; username: string } }
  estimatedWaitTimeSeconds: number
}

/** Only what is queued may be taken. A room whose visitor's contact must be verified first is open and is not queued. */
export const isQueued = (office: Office, room: Room): boolean =>
  room.open === true && !room.servedBy && (!office.settings.contactVerification || room.queuedAt !== undefined)

const waiting = (office: Office): Room[] =>
  office.store
    .rooms()
    .filter((room) => isQueued(office, room))
    .sort((a, b) => ((a.queuedAt ?? a.ts) < (b.queuedAt ?? b.ts) ? -1 : 1))

/** Only servers with a waiting queue say where in it a room stands. */
export function queueInfo(office: Office, room: Room): QueueInfo | undefined {
  if (!office.settings.queueing) return undefined
  const spot = waiting(office).indexOf(room) + 1
  if (spot === 0) return undefined
  return {
    spot,
    message: { text: office.settings.queueMessage.replace('%spot%', String(spot)), user: { ...rocketCat } },
    estimatedWaitTimeSeconds: spot * office.settings.queueSecondsPerSpot,
  }
}

/** The place in the queue that each waiting room was last lastTold. */
const lastTold = new WeakMap<Room, number>()

/** Tells every waiting room whose place has changed. */
export function tellQueue(office: Office): void {
  for (const room of office.store.rooms()) if (!room.open || room.servedBy) lastTold.delete(room)
  for (const room of waiting(office)) {
    const data = queueInfo(office, room)
    if (!data || lastTold.get(room) === data.spot) continue
    lastTold.set(room, data.spot)
    office.streams.publish('stream-livechat-room', room._id, [{ type: 'queueData', data }])
  }
}
