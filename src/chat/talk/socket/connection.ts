import type { Undo } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'
import type { Conversation } from '../../conversation'
import type { TabMessage } from '../../sending/records'
import type { History } from '../incoming/history'
import { createPolling } from './polling'
import { createRealtime, type Realtime } from './realtime'
import type { RoomEvents } from '../incoming/roomEvents'
import type { RoomState } from '../roomState'
import type { Typing } from '../typing'

export interface ConnectionParts {
  core: Pick<Core, 'server' | 'clock' | 'guard' | 'page' | 'tabs' | 'visitor'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  history: Pick<History, 'sync' | 'syncUntilAnswered' | 'isLoaded'>
  roomState: Pick<RoomState, 'refresh'>
  roomEvents: RoomEvents
  typing: Pick<Typing, 'clear' | 'stop'>
  lastMessageAtMs(): number
  /** The connection is live: messages that wait may leave. */
  onLive(): void
  postToTabs(message: TabMessage): void
}

export interface Connection extends Pick<Realtime, 'callMethod'> {
  stop(): void
}

/** After so many failures in a row polling begins, while the websocket goes on trying. */
const pollAfterFailures = 3
/** The history waits so long for the websocket, which would have to ask for it again. */
const socketWithinMs = 1500
/** Agent and queue change less often than messages come: every third poll asks for them. */
const pollsPerRoomState = 3

/** Polling for all that the websocket would have brought of the open room. */
const createRoomPolling = (parts: ConnectionParts) => {
  const { core, conversation, history, roomState, lastMessageAtMs } = parts
  let pollCount = 0
  return createPolling({
    clock: core.clock,
    guard: core.guard,
    lastMessageAtMs,
    onPolling: (isPolling) => conversation.update({ isPolling }),
    async sync() {
      if (pollCount++ % pollsPerRoomState === 0) await roomState.refresh()
      return history.sync()
    },
  })
}

/** A websocket for the open room, in each tab that is looked at; polling where no websocket can be opened. */
export const createConnection = (parts: ConnectionParts): Connection => {
  const { core, conversation, history, roomState, roomEvents, typing, onLive, postToTabs } = parts
  const { clock, guard, page, tabs, visitor } = core
  const { facts, update } = conversation
  const polling = createRoomPolling(parts)
  const syncHistory = guard(history.syncUntilAnswered)
  let cancelFirstSync = () => {}

  const realtime = createRealtime({
    server: core.server,
    clock,
    page,
    guard,
    onState(state, failures, retryAtMs) {
      update({ socket: { state, retryAtMs } })
      if (state !== 'live') typing.clear()
      else if (page.visible()) postToTabs({ kind: 'here' })
      if (state === 'waiting' && !history.isLoaded()) syncHistory()
      if (failures < pollAfterFailures || !page.visible()) polling.stop()
      else polling.start()
    },
    onLive() {
      syncHistory()
      guard(roomState.refresh)()
      onLive()
    },
    onEvent: roomEvents.onEvent,
    // The room may have been closed while the socket was away.
    async onRefused() {
      await roomState.refresh()
      if (facts.room.peek()?.open) realtime.reconnect()
    },
  })

  const connect = () => {
    const room = facts.room.peek()
    const token = visitor.current()?.token
    if (!room?.open) {
      realtime.subscribe([])
      polling.stop()
      if (room && facts.isPanelOpen.peek() && !history.isLoaded()) syncHistory()
    } else if (token && page.visible()) {
      realtime.subscribe(roomEvents.subscriptions(room.id), token)
      cancelFirstSync()
      cancelFirstSync = clock.after(
        socketWithinMs,
        guard(() => (history.isLoaded() ? undefined : history.syncUntilAnswered())),
      )
    }
  }

  const undos: Undo[] = [
    facts.room.subscribe(connect),
    facts.isPanelOpen.subscribe(connect),
    // The tab that is looked at has a socket now; a hidden tab keeps its own only as long as no other has one.
    tabs.observe(
      'chat',
      guard((data) => {
        if ((data as TabMessage).kind === 'here' && !page.visible()) realtime.sleep()
      }),
    ),
    page.observe((event) => {
      if (event === 'visible' || event === 'restore') {
        postToTabs({ kind: 'here' })
        connect()
        realtime.wake()
      } else if (event === 'online') realtime.wake()
      else {
        typing.stop()
        polling.stop()
        if (event === 'leave') realtime.sleep()
      }
    }),
  ]

  return {
    callMethod: realtime.callMethod,
    stop() {
      undos.forEach((undo) => undo())
      cancelFirstSync()
      realtime.subscribe([])
      polling.stop()
    },
  }
}
