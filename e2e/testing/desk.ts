import type { Conversation, Desk, DeskMessage } from './contracts.ts'
import type { Door, StoredRoom } from './door.ts'
import { poll } from './waiting.ts'

const patienceMs = 5000

/** The agent's verbs, at the control door. */
export const createDesk = (door: Door, url: string): Desk => {
  const newestRoom = async (): Promise<StoredRoom | undefined> => {
    const rooms = await door.rooms()
    return rooms.filter(({ open }) => open).at(-1) ?? rooms.at(-1)
  }
  const openRoom = async (): Promise<StoredRoom> => {
    const room = await poll(newestRoom, (one) => one?.open === true, patienceMs)
    if (room?.open) return room
    throw new Error(
      `No conversation is open after ${patienceMs} ms: a visitor's first message, or the form before it, opens one.`,
    )
  }
  const take = async (): Promise<Conversation> => {
    const { _id: rid, servedBy, v } = await openRoom()
    if (!servedBy) await door.agent({ does: 'take', rid })
    return { roomId: rid, token: v.token }
  }
  return {
    url,
    take,
    async say(text) {
      const { roomId } = await take()
      await door.agent({ does: 'say', rid: roomId, text })
    },
    async end() {
      const { _id: rid } = await openRoom()
      await door.agent({ does: 'close', rid })
    },
    async messages() {
      const room = await newestRoom()
      const messages = room ? await door.messages(room._id) : []
      return messages
        .filter(({ t }) => !t)
        .map(({ msg, ts, token }): DeskMessage => ({
          from: token ? 'visitor' : 'agent',
          text: msg,
          at: Date.parse(ts),
        }))
    },
  }
}
