import type { Core } from '../../visitor/contracts'
import type { Room } from '../room'

export interface EndRefusedRoomParts {
  core: Pick<Core, 'visitor'>
  room: Pick<Room, 'end'>
}

/** The server takes nothing for this room any more: the next message makes another. */
export const endRefusedRoom = async (
  { core: { visitor }, room }: EndRefusedRoomParts,
  roomId: string,
): Promise<void> => {
  if ((await visitor.state()).roomId !== roomId) return
  room.end(roomId)
  await visitor.setRoom(undefined)
}
