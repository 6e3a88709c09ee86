import { batch, computed, signal } from '@preact/signals'
import type { ChatMessage, ChatRoom, Visit, VisitorInfo } from '../../src/agent.ts'

const merged = <T extends { id: string }>(old: T[], more: T[], order: (a: T, b: T) => number): T[] =>
  [...new Map([...old, ...more].map((one) => [one.id, one])).values()].sort(order)

const byTime = (a: { id: string; at: number }, b: { id: string; at: number }) => a.at - b.at || (a.id < b.id ? -1 : 1)
const newestFirst = (a: ChatRoom, b: ChatRoom) =>
  Number(b.open) - Number(a.open) || (b.lastMessageAt ?? b.openedAt ?? 0) - (a.lastMessageAt ?? a.openedAt ?? 0)

/** What is to be said of a call that failed, and until when the desk waits before it asks again. */
export interface Problem {
  says: string
  untilMs?: number
}

/** All the desk shows. Whatever is heard twice, live and by reading, is merged by its id. */
export const createState = () => {
  const rooms = signal<ChatRoom[]>([])
  const selectedId = signal<string | undefined>(undefined)
  const selected = computed(() => rooms.value.find(({ id }) => id === selectedId.value))
  const visitor = signal<VisitorInfo | undefined>(undefined)
  const trail = signal<Visit[]>([])
  const messages = signal<ChatMessage[]>([])
  const earlier = signal<ChatRoom[]>([])
  const typing = signal(false)
  const problem = signal<Problem | undefined>(undefined)
  return {
    rooms,
    selectedId,
    selected,
    visitor,
    trail,
    messages,
    earlier,
    typing,
    problem,
    addRooms: (more: ChatRoom[]) => void (rooms.value = merged(rooms.value, more, newestFirst)),
    addMessages: (more: ChatMessage[]) => void (messages.value = merged(messages.value, more, byTime)),
    addVisit(visit: Visit) {
      if (visit.roomId === undefined || visit.roomId === selectedId.value)
        trail.value = merged(trail.value, [visit], byTime)
    },
    /** Another conversation is chosen, of which nothing is known yet. */
    select: (id: string | undefined) =>
      batch(() => {
        selectedId.value = id
        visitor.value = undefined
        trail.value = []
        messages.value = []
        earlier.value = []
        typing.value = false
        problem.value = undefined
      }),
  }
}
export type State = ReturnType<typeof createState>
