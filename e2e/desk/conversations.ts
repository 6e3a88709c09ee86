import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import {
  AgentError,
  type Agent,
  type ChatMessage,
  type ChatRoom,
  type Visit,
  type VisitorInfo,
  type Watch,
} from '../../src/agent.ts'
import { decodeMessage, decodeRoom, decodeVisit, decodeVisitor } from '../../src/agent/decode.ts'
import type { Control } from './control.ts'

/** Without a control door nobody tells what is new: the desk looks again, well within the limiter. */
const roomsEveryMs = 20_000
const messagesEveryMs = 15_000

type Identified = { id: string }

const merged = <T extends Identified>(old: T[], more: T[], order: (a: T, b: T) => number): T[] =>
  [...new Map([...old, ...more].map((one) => [one.id, one])).values()].sort(order)

const byTime = (a: { id: string; at: number }, b: { id: string; at: number }) => a.at - b.at || (a.id < b.id ? -1 : 1)
const newestFirst = (a: ChatRoom, b: ChatRoom) =>
  Number(b.open) - Number(a.open) || (b.lastMessageAt ?? b.openedAt ?? 0) - (a.lastMessageAt ?? a.openedAt ?? 0)

/** What is to be said of a call that failed, and until when the desk waits before it asks again. */
export interface Problem {
  says: string
  untilMs?: number
}

export interface Conversations {
  rooms: ReadonlySignal<ChatRoom[]>
  selected: ReadonlySignal<ChatRoom | undefined>
  visitor: ReadonlySignal<VisitorInfo | undefined>
  trail: ReadonlySignal<Visit[]>
  messages: ReadonlySignal<ChatMessage[]>
  earlier: ReadonlySignal<ChatRoom[]>
  /** The visitor is writing. */
  typing: ReadonlySignal<boolean>
  problem: Signal<Problem | undefined>
  select(id: string | undefined): void
  loadRooms(): Promise<void>
  start(remembered?: string): Promise<void>
  control: Control | undefined
}

/**
 * What is known of the conversations. Everything is read by the agent's API; the embedded server's control door only says
 * earlier what reading would show anyway, in the same documents.
 */
export const createConversations = (agent: Agent, server: string, control: Control | undefined): Conversations => {
  const rooms = signal<ChatRoom[]>([])
  const selectedId = signal<string | undefined>(undefined)
  const visitor = signal<VisitorInfo | undefined>(undefined)
  const trail = signal<Visit[]>([])
  const messages = signal<ChatMessage[]>([])
  const earlier = signal<ChatRoom[]>([])
  const typing = signal(false)
  const problem = signal<Problem | undefined>(undefined)
  const selected = computed(() => rooms.value.find(({ id }) => id === selectedId.value))
  let watch: Watch | undefined

  const reportProblem = (error: unknown, retryInMs?: number) => {
    problem.value = {
      says: (error as Error).message,
      untilMs: retryInMs === undefined ? undefined : Date.now() + retryInMs,
    }
  }

  /** Reads, and reads again when the limiter lets it; gives up when the selection has moved on. */
  const reading = async (wanted: () => boolean, run: () => Promise<void>) => {
    try {
      await run()
      problem.value = undefined
    } catch (error) {
      if (!wanted()) return
      const retryInMs = error instanceof AgentError ? error.retryAfterMs : undefined
      reportProblem(error, retryInMs)
      if (retryInMs !== undefined) setTimeout(() => void (wanted() && reading(wanted, run)), retryInMs)
    }
  }

  const putRooms = (more: ChatRoom[]) => (rooms.value = merged(rooms.value, more, newestFirst))
  const loadRooms = () =>
    reading(
      () => true,
      async () => void putRooms((await agent.rooms({ count: 50, sort: { ts: -1 } })).items),
    )

  const loadVisitor = (room: ChatRoom) =>
    reading(
      () => selectedId.value === room.id,
      async () => {
        if (!room.visitor) return
        const info = await agent.visitorInfo(room.visitor.id)
        if (selectedId.value === room.id) visitor.value = info
      },
    )

  const loadEarlier = (room: ChatRoom) =>
    reading(
      () => selectedId.value === room.id,
      async () => {
        if (!room.visitor) return
        const { items } = await agent.chatHistory({ roomId: room.id, visitorId: room.visitor.id, count: 50 })
        if (selectedId.value === room.id) earlier.value = items
      },
    )

  const loadMessages = (room: ChatRoom) =>
    reading(
      () => selectedId.value === room.id,
      async () => {
        if (!room.visitor?.token) return
        const { items } = await agent.messages({ roomId: room.id, token: room.visitor.token })
        if (selectedId.value === room.id) messages.value = merged(messages.value, items, byTime)
      },
    )

  const addVisit = (visit: Visit) => {
    if (visit.roomId === undefined || visit.roomId === selectedId.value)
      trail.value = merged(trail.value, [visit], byTime)
  }

  const select = (id: string | undefined) => {
    watch?.()
    batch(() => {
      selectedId.value = id
      visitor.value = undefined
      trail.value = []
      messages.value = []
      earlier.value = []
      typing.value = false
      problem.value = undefined
    })
    const room = selected.value
    if (!id || !room) return
    watch = agent.watchTrail(id, addVisit, { onTrouble: reportProblem })
    void loadVisitor(room)
    void loadEarlier(room)
    void loadMessages(room)
  }

  const listenTo = (door: Control) => {
    const read =
      <T>(
        decode: (data: unknown) => T | undefined,
        use: (value: T, data: { rid?: string; removed?: boolean }) => void,
      ) =>
      (data: unknown) => {
        const value = decode(data)
        if (value) use(value, data as object)
      }
    door.on(
      'room',
      read(decodeRoom, (room) => {
        putRooms([room])
        if (earlier.value.some(({ id }) => id === room.id))
          earlier.value = earlier.value.map((one) => (one.id === room.id ? room : one))
      }),
    )
    door.on(
      'visit',
      read(decodeVisit, (visit) => visit.roomId && addVisit(visit)),
    )
    door.on(
      'visitor',
      read(decodeVisitor, (info) => info.id === selected.value?.visitor?.id && (visitor.value = info)),
    )
    door.on(
      'message',
      read(
        (data) => decodeMessage(data, server),
        (message, { rid, removed }) => {
          if (rid !== selectedId.value) return
          messages.value = removed
            ? messages.value.filter(({ id }) => id !== message.id)
            : merged(messages.value, [message], byTime)
        },
      ),
    )
    door.on('typing', (data) => {
      const { rid, username, typing: is } = data as { rid: string; username: string; typing: boolean }
      if (rid === selectedId.value && username === selected.value?.visitor?.username) typing.value = is
    })
    door.on('reset', () => {
      rooms.value = []
      select(undefined)
    })
  }

  const start = async (remembered?: string) => {
    const refresh = async () => {
      await loadRooms()
      const room = rooms.value.find(({ id }) => id === (selectedId.value ?? remembered))
      remembered = undefined
      if (room && room.id !== selectedId.value) select(room.id)
      else if (room) void loadMessages(room)
    }
    if (control) {
      listenTo(control)
      control.onOpen(() => void refresh())
      return
    }
    await refresh()
    setInterval(() => void (document.visibilityState === 'visible' && loadRooms()), roomsEveryMs)
    setInterval(
      () => void (document.visibilityState === 'visible' && selected.value?.open && loadMessages(selected.value)),
      messagesEveryMs,
    )
  }

  return { rooms, selected, visitor, trail, messages, earlier, typing, problem, select, loadRooms, start, control }
}
