import { rocketCat } from './users.ts'
import type { Room } from './store/store.ts'
import type { World } from '../state.ts'

export interface QueueInfo {
  spot: number
  message: { text: string; user: { _id: string; username: string } }
  estimatedWaitTimeSeconds: number
}

const waiting = (world: World): Room[] =>
  world.store
    .rooms()
    .filter((room) => room.open && !room.servedBy)
    .sort((a, b) => ((a.queuedAt ?? a.ts) < (b.queuedAt ?? b.ts) ? -1 : 1))

/** Only servers with a waiting queue say where in it a room stands. */
export function queueInfo(world: World, room: Room): QueueInfo | undefined {
  if (!world.settings.queueing) return undefined
  const spot = waiting(world).indexOf(room) + 1
  if (spot === 0) return undefined
  return {
    spot,
    message: { text: world.settings.queueMessage.replace('%spot%', String(spot)), user: { ...rocketCat } },
    estimatedWaitTimeSeconds: spot * world.settings.queueSecondsPerSpot,
  }
}

const told = new WeakMap<Room, number>()

/** Tells every waiting room whose place has changed. */
export function tellQueue(world: World): void {
  for (const room of world.store.rooms()) if (!room.open || room.servedBy) told.delete(room)
  for (const room of waiting(world)) {
    const data = queueInfo(world, room)
    if (!data || told.get(room) === data.spot) continue
    told.set(room, data.spot)
    world.streams.publish('stream-livechat-room', room._id, [{ type: 'queueData', data }])
  }
}
