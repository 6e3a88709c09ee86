import type { Undo } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'
import { asObject, asText } from '../../../wire/coerce'
import type { Conversation } from '../../conversation'
import type { TabMessage } from '../../sending/records'
import type { History } from '../incoming/history'
import { createEchoes } from './echoes'
import { createPolling, type Polling } from './polling'
import { createRealtime, type Realtime } from './realtime'
import { messageStream, type RoomEvents } from '../incoming/roomEvents'
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
  /** The server has stored this message of ours: a socket that was live when it was written is to bring it. */
  expectEcho(messageId: string, writtenAtMs: number): void
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

/** A page that is looked at again wakes the connection; one that is not, or is left, lets it rest. */
const followPage = (
  { core: { page }, typing, postToTabs }: ConnectionParts,
  realtime: Pick<Realtime, 'wake' | 'sleep'>,
  polling: Pick<Polling, 'stop'>,
  connect: () => void,
): Undo =>
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
  })

/** A websocket for the open room, in each tab that is looked at; polling where no websocket can be opened. */
export const createConnection = (parts: ConnectionParts): Connection => {
  const { core, conversation, history, roomState, roomEvents, typing, onLive, postToTabs } = parts
  const { clock, guard, page, tabs, visitor } = core
  const { facts, update } = conversation
  const polling = createRoomPolling(parts)
  const syncHistory = guard(history.syncUntilAnswered)
  let cancelFirstSync = () => {}
  let liveSinceMs = 0

  const echoes = createEchoes({ clock, guard, onDeaf: () => realtime.reconnect() })

  const realtime = createRealtime({
    server: core.server,
    clock,
    page,
    guard,
    onState(state, failures, retryAtMs) {
      update({ socket: { state, retryAtMs } })
      if (state !== 'live') {
        typing.clear()
        echoes.stop()
      } else if (page.visible()) postToTabs({ kind: 'here' })
      if (state === 'waiting' && !history.isLoaded()) syncHistory()
      if (failures < pollAfterFailures || !page.visible()) polling.stop()
      else polling.start()
    },
    onLive() {
      syncHistory()
      guard(roomState.refresh)()
      liveSinceMs = clock.now()
      onLive()
    },
    onEvent(stream, event, args) {
      if (stream === messageStream) for (const value of args) echoes.heard(asText(asObject(value)._id))
      roomEvents.onEvent(stream, event, args)
    },
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
    followPage(parts, realtime, polling, connect),
  ]

  return {
    callMethod: realtime.callMethod,
    expectEcho(messageId, writtenAtMs) {
      if (facts.socket.peek().state === 'live' && writtenAtMs > liveSinceMs) echoes.expect(messageId)
    },
    stop() {
      undos.forEach((undo) => undo())
      cancelFirstSync()
      realtime.subscribe([])
      polling.stop()
    },
  }
}
