/** The composition root of the talk: all that a conversation takes once there is one. Fetched with the first message, or because a room is open. */
import type { Message } from '../contracts'
import type { TabMessage } from '../sending/records'
import { bodyOf, withoutQuoteLink } from './incoming/body'
import { createConnection } from './socket/connection'
import type { CreateTalk } from './contracts'
import { createFailedMessages } from './failedMessages'
import { createForms } from './forms'
import { createPatternsLoader } from '../patternsLoader'
import { createHistory } from './incoming/history'
import { followForHost } from './hostEvents'
import { followHiddenNotes } from './incoming/hiddenNotes'
import { createIncoming } from './incoming/incoming'
import { createMessageMapper } from './incoming/messageMapper'
import { createNotifications, playSound } from './notifications'
import { createPresence } from './presence'
import { createSettleRefused } from './refusedMessages'
import { createRoomActions } from './roomActions'
import { createRoomEvents } from './incoming/roomEvents'
import { createRoomState } from './roomState'
import { createTyping } from './typing'
import { createUploads } from './uploads/uploads'

export const createTalk: CreateTalk = ({ core, conversation, addresses, answers, room, serverState, sending }) => {
  const { clock, guard, tabs } = core
  const { personOf } = serverState
  const postToTabs = (message: TabMessage) => tabs.post('chat', message)
  let lastMessageAtMs = 0

  const onNewMessages = (messages: Message[]) => {
    lastMessageAtMs = clock.now()
    typing.clear()
    for (const { id, from, text, at, edited, deleted } of messages)
      if (from !== 'system' && !edited && !deleted) core.emit('message', { id, from, text, at })
    guard(notifications.ring)(messages)
  }
  const receive = (values: unknown[], isQuiet?: boolean) => {
    const messages = incoming.receive(values, isQuiet)
    uploads.follow(messages)
    return messages
  }

  const patterns = createPatternsLoader({ core })
  const roomState = createRoomState({ core, conversation, personOf, onGone: room.end })
  const notifications = createNotifications({ core, conversation, postToTabs, playSound })
  const mapMessage = createMessageMapper({ core, addresses, bodyOf, withoutQuoteLink })
  const incoming = createIncoming({ core, conversation, mapMessage, onNewMessages, onClosed: room.end })
  const history = createHistory({ core, conversation, receive, isNewRoom: room.isNew })
  const uploads = createUploads({ core, conversation, room, receive, syncHistory: history.sync })
  const typing = createTyping({ core, conversation, callMethod: (...call) => connection.callMethod(...call) })
  const roomEvents = createRoomEvents({ conversation, personOf, receive, roomState, typing })
  const presence = createPresence({ core, conversation })
  const undoHiddenNotes = followHiddenNotes(conversation)
  const undoHostEvents = followForHost({ core, conversation })
  const connection = createConnection({
    core,
    conversation,
    history,
    roomState,
    roomEvents,
    typing,
    lastMessageAtMs: () => lastMessageAtMs,
    onLive: sending.lane.wake,
    postToTabs,
  })
  const undoTabs = tabs.observe(
    'chat',
    guard((message) => notifications.followTab(message as TabMessage)),
  )
  const reset = () => {
    history.reset()
    typing.clear()
  }
  guard(notifications.restore)()

  return {
    ...createRoomActions({ core, conversation, room, refreshServerState: () => serverState.refresh(0) }),
    ...createFailedMessages({ core, conversation, sending, postToTabs }),
    ...createForms({ core, conversation, answers, matches: patterns.matches }),
    receive,
    expectEcho: connection.expectEcho,
    refreshRoomState: roomState.refresh,
    parseText: (text) => bodyOf(text, undefined, addresses.absolute),
    settleRefused: createSettleRefused({ core, room, sending }),
    typed: typing.onKey,
    stopTyping: typing.stop,
    loadOlder: history.loadOlder,
    showQuote: incoming.showQuote,
    checkPassage: uploads.checkPassage,
    attach: uploads.attach,
    cancelUpload: uploads.cancelUpload,
    retryUpload: uploads.retryUpload,
    setMuted: notifications.setMuted,
    reset,
    stop() {
      undoTabs()
      undoHostEvents()
      undoHiddenNotes()
      for (const part of [connection, uploads, notifications, patterns, presence, roomState, typing]) part.stop()
      reset()
    },
  }
}
