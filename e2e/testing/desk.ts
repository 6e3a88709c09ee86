import { isText } from './compare.ts'
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
  const messages = async (): Promise<DeskMessage[]> => {
    const room = await newestRoom()
    const stored = room ? await door.messages(room._id) : []
    return stored
      .filter(({ t }) => !t)
      .map(({ msg, ts, token }) => ({ from: token ? 'visitor' : 'agent', text: msg, at: Date.parse(ts) }))
  }
  return {
    url,
    messages,
    take,
    async hear(text, { timeoutMs = patienceMs } = {}) {
      const isMeant = (message: DeskMessage) => message.from === 'visitor' && isText(text, message.text)
      const all = await poll(messages, (some) => some.some(isMeant), timeoutMs)
      const heard = all.filter(isMeant).at(-1)
      if (heard) return heard
      const lines = all.map((message) => `  ${message.from}: ${message.text}`)
      throw new Error(
        [`The visitor has not written ${text} within ${timeoutMs} ms. What was said:`, ...lines].join('\n'),
      )
    },
    async say(text) {
      const { roomId } = await take()
      await door.agent({ does: 'say', rid: roomId, text })
    },
    async end() {
      const { _id: rid } = await openRoom()
      await door.agent({ does: 'close', rid })
    },
  }
}
