import { AgentError, type Agent, type ChatRoom } from '../../src/agent.ts'
import type { State } from './state.ts'

/** What the desk reads by the agent's API. */
export interface Reading {
  reportProblem(error: unknown, retryInMs?: number): void
  loadRooms(): Promise<void>
  loadVisitor(room: ChatRoom): Promise<void>
  loadEarlier(room: ChatRoom): Promise<void>
  loadMessages(room: ChatRoom): Promise<void>
}

const pageSize = 50

export const createReading = (agent: Agent, state: State): Reading => {
  const reportProblem = (error: unknown, retryInMs?: number) => {
    state.problem.value = {
      says: (error as Error).message,
      untilMs: retryInMs === undefined ? undefined : Date.now() + retryInMs,
    }
  }
  /** Reads, and reads again when the limiter lets it; gives up when the selection has moved on. */
  const read = async (isWanted: () => boolean, run: () => Promise<void>) => {
    try {
      await run()
      state.problem.value = undefined
    } catch (error) {
      if (!isWanted()) return
      const retryInMs = error instanceof AgentError ? error.retryAfterMs : undefined
      reportProblem(error, retryInMs)
      if (retryInMs !== undefined) setTimeout(() => void (isWanted() && read(isWanted, run)), retryInMs)
    }
  }
  /** Reads something of one room, and keeps it if the room is still the one on screen. */
  const readOf = <T>({ id }: ChatRoom, ask: () => Promise<T> | undefined, use: (answer: T) => void) => {
    const isSelected = () => state.selectedId.value === id
    return read(isSelected, async () => {
      const answer = await ask()
      if (answer !== undefined && isSelected()) use(answer)
    })
  }
  return {
    reportProblem,
    loadRooms: () =>
      read(
        () => true,
        async () => state.addRooms((await agent.rooms({ count: pageSize, sort: { ts: -1 } })).items),
      ),
    loadVisitor: (room) =>
      readOf(
        room,
        () => room.visitor && agent.visitorInfo(room.visitor.id),
        (info) => (state.visitor.value = info),
      ),
    loadEarlier: (room) =>
      readOf(
        room,
        () => room.visitor && agent.chatHistory({ roomId: room.id, visitorId: room.visitor.id, count: pageSize }),
        ({ items }) => (state.earlier.value = items),
      ),
    loadMessages: (room) =>
      readOf(
        room,
        () => (room.visitor?.token ? agent.messages({ roomId: room.id, token: room.visitor.token }) : undefined),
        ({ items }) => state.addMessages(items),
      ),
  }
}
