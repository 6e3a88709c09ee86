import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Agent, ChatMessage, ChatRoom, Visit, VisitorInfo, Watch } from '../../src/agent.ts'
import type { Control } from './control.ts'
import { listenTo } from './live.ts'
import { createReading } from './reading.ts'
import { createState, type Problem } from './state.ts'

export type { Problem } from './state.ts'

/** Without a control door nobody tells what is new: the desk asks again, well within the limiter. */
const roomsEveryMs = 20_000
const messagesEveryMs = 15_000

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
  const state = createState()
  const { rooms, selectedId, selected, visitor, trail, messages, earlier, typing, problem } = state
  const { reportProblem, loadRooms, loadVisitor, loadEarlier, loadMessages } = createReading(agent, state)
  let watch: Watch | undefined

  const select = (id: string | undefined) => {
    watch?.()
    state.select(id)
    const room = selected.value
    if (!id || !room) return
    watch = agent.watchTrail(id, state.addVisit, { onTrouble: reportProblem })
    void loadVisitor(room)
    void loadEarlier(room)
    void loadMessages(room)
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
      listenTo(control, server, state, select)
      control.onOpen(() => void refresh())
      return
    }
    await refresh()
    const isOnScreen = () => document.visibilityState === 'visible'
    setInterval(() => void (isOnScreen() && loadRooms()), roomsEveryMs)
    setInterval(() => void (isOnScreen() && selected.value?.open && loadMessages(selected.value)), messagesEveryMs)
  }

  return { rooms, selected, visitor, trail, messages, earlier, typing, problem, select, loadRooms, start, control }
}
