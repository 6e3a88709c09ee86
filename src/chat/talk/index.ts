/** What a conversation needs once there is one: fetched with the first word, or because a room is there. */
import type { Core } from '../../visitor/contracts'
import { decodeRoomEvent } from '../../wire/frames'
import type { Addresses } from '../addresses'
import type { Answers } from '../answers'
import { bodyOf, withoutQuoteLink } from './body'
import { announce } from '../announce'
import { createCalls } from './calls'
import type { Conversation } from '../conversation'
import { createFailures } from './failures'
import { createForms } from './forms'
import { createHistory } from './history'
import { createInbox } from './inbox'
import { createMoment } from './roomState'
import { createNotices, playSound } from './notices'
import { createPolling } from './polling'
import { createPresence } from './presence'
import { createRealtime } from './realtime'
import type { Room } from '../room'
import type { Sending } from '../sending'
import { createShape } from './shape'
import type { Standing } from '../serverState'
import { createTyping } from './typing'
import { createUploads } from './uploads'
import { createVerbs } from './verbs'

export interface TalkOptions {
  core: Core
  conversation: Conversation
  addresses: Addresses
  answers: Answers
  room: Room
  standing: Standing
  sending: Sending
}

/** So many tries without a socket, and history is asked instead. */
const pollAfterFailures = 3
/** History waits this long for the socket, so that it need not be asked twice. */
const socketWithinMs = 1500

export const createTalk = ({ core, conversation, addresses, answers, room, standing, sending }: TalkOptions) => {
  const { clock, guard, page, tabs, visitor } = core
  const { facts, note } = conversation
  const calls = createCalls(core.call)
  const tell = (word: unknown) => tabs.post('chat', word)
  const openId = () => (facts.room.peek()?.open ? facts.room.peek()!.id : undefined)
  let movedAtMs = 0
  let polls = 0
  let undoFirst = () => {}

  const moment = createMoment({ core, conversation, person: standing.person, onGone: room.end })
  const notices = createNotices({ core, conversation, tell, play: playSound })
  const inbox = createInbox({
    core,
    conversation,
    calls,
    shape: createShape({ server: core.server, addresses, bodyOf, withoutQuoteLink }),
    onFresh(fresh) {
      movedAtMs = clock.now()
      typing.clear()
      for (const { id, from, text, at, edited, deleted } of fresh)
        if (from !== 'system' && !edited && !deleted) core.emit('message', { id, from, text, at })
      void notices.ring(fresh)
    },
    onClosed: room.end,
  })
  const take = (values: unknown[], quiet?: boolean) => {
    const wires = inbox.take(values, quiet)
    uploads.see(wires)
    return wires
  }
  const history = createHistory({ core, conversation, calls, take, isNew: room.isNew })
  const uploads = createUploads({ core, conversation, ensure: room.ensure, take, sync: history.sync })

  const heard = (stream: string, event: string, args: unknown[]) => {
    const [roomId, what] = event.split('/')
    if (roomId !== facts.room.peek()?.id) return
    const agent = facts.agent.peek()
    if (stream === 'stream-room-messages') take(args)
    else if (what === 'deleteMessage')
      conversation.amend(
        (args[0] as { _id: string } | null)?._id ?? '',
        { deleted: true, text: '', body: [], files: [], quotes: [], blocks: undefined },
        true,
      )
    else if (what) typing.heard(event, args)
    else {
      const said = decodeRoomEvent(args[0])
      if (said?.kind === 'agent')
        moment.hear({ agent: standing.person(said.agent), queue: said.agent ? undefined : facts.queue.peek() })
      else if (said?.kind === 'queue') moment.hear({ queue: said.queue })
      else if (said && agent) moment.hear({ agent: { ...agent, status: said.status } })
    }
  }

  const realtime = createRealtime({
    server: core.server,
    clock,
    page,
    guard,
    onState(state, failures, retryAtMs) {
      note({ socket: { state, retryAtMs } })
      if (state !== 'live') typing.clear()
      else if (page.visible()) tell({ kind: 'here' })
      if (state === 'waiting' && !history.loaded()) void history.syncSurely()
      if (failures < pollAfterFailures || !page.visible()) polling.stop()
      else polling.start()
    },
    onLive() {
      void history.syncSurely()
      void moment.look()
      // What waits may leave.
      sending.lane.wake()
    },
    onEvent: heard,
    async onRefused() {
      await moment.look()
      if (openId()) realtime.lose()
    },
  })
  const presence = createPresence({ core, conversation, calls })
  const typing = createTyping({ core, conversation, method: realtime.method })
  const polling = createPolling({
    clock,
    guard,
    movedAtMs: () => movedAtMs,
    onPolling: (works) => note({ polling: works }),
    async ask() {
      // Agent and queue move less often than messages.
      if (polls++ % 3 === 0) await moment.look()
      return history.sync()
    },
  })

  /** A socket only where a conversation is; the last tab looked at keeps it when none is. */
  const connect = () => {
    const roomId = openId()
    const token = visitor.current()?.token
    if (!roomId) {
      realtime.want([])
      polling.stop()
      if (facts.room.peek() && facts.open.peek() && !history.loaded()) void history.syncSurely()
    } else if (token && page.visible()) {
      const notify = 'stream-notify-room'
      realtime.want(
        [
          { stream: 'stream-room-messages', event: roomId },
          { stream: 'stream-livechat-room', event: roomId },
          { stream: notify, event: `${roomId}/deleteMessage` },
          ...typing.subscriptions(roomId),
        ],
        token,
      )
      undoFirst()
      undoFirst = clock.after(
        socketWithinMs,
        guard(() => (history.loaded() ? undefined : history.syncSurely())),
      )
    }
  }

  const said = announce(core)
  const badge = () => core.titleBadge(core.options().titleBadge ? conversation.unread.peek() : 0)
  const undos = [
    conversation.unread.subscribe((count) => {
      said('unread', { count })
      badge()
    }),
    core.observeOptions(badge),
    facts.agent.subscribe((agent) =>
      said('agent', agent && { name: agent.name, username: agent.username, status: agent.status }),
    ),
    facts.queue.subscribe((queue) => queue && said('queue', { spot: queue.spot, waitSeconds: queue.waitSeconds })),
    facts.room.subscribe(connect),
    facts.open.subscribe(connect),
    tabs.observe(
      'chat',
      guard((word) => {
        const { kind } = word as { kind: string }
        if (kind !== 'here') return notices.hear(word)
        presence.elsewhere()
        if (!page.visible()) realtime.sleep()
      }),
    ),
    page.observe((event) => {
      if (event === 'visible' || event === 'restore') {
        tell({ kind: 'here' })
        presence.come()
        connect()
        realtime.wake()
      } else if (event === 'online') realtime.wake()
      else {
        typing.stop()
        polling.stop()
        if (event === 'hidden') presence.leave()
        if (event === 'leave') realtime.sleep()
      }
    }),
  ]
  void notices.recall()

  return {
    ...createVerbs({ core, conversation, calls, room, refresh: () => standing.refresh(0) }),
    ...createFailures({ core, conversation, sending, tell }),
    ...createForms({ core, conversation, calls, answers }),
    take,
    look: moment.look,
    read: (said: string) => bodyOf(said, undefined, addresses.absolute),
    typed: typing.typed,
    rest: typing.stop,
    loadOlder: history.older,
    attach: uploads.attach,
    cancelUpload: uploads.cancel,
    retryUpload: uploads.retry,
    setMuted: notices.mute,
    /** Another conversation begins. */
    clear() {
      history.forget()
      typing.clear()
    },
    stop() {
      undos.forEach((undo) => undo())
      core.titleBadge(0)
      undoFirst()
      realtime.want([])
      polling.stop()
      uploads.stop()
      notices.stop()
      presence.stop()
      moment.stop()
      typing.stop()
      this.clear()
    },
  }
}

export type Talk = ReturnType<typeof createTalk>
