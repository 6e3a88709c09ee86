/** The conversation, without a screen. Read this first: the parts are strangers to each other and joined here. */
import { decodeRoomEvent } from '../wire/frames'
import { createAddresses } from './addresses'
import { createAnnouncements } from './announcements'
import { bodyOf, withoutQuoteLink } from './body'
import { createCalls } from './calls'
import type { CreateChat } from './contracts'
import { createConversation } from './conversation'
import { createDrafts } from './drafts'
import { createHistory } from './history'
import { createInbox } from './inbox'
import { createNotices, playSound, type Word as NoticeWord } from './notices'
import { createPolling } from './polling'
import { createRealtime, type Subscription } from './realtime'
import { createRegistration } from './registration'
import { createRoom } from './room'
import { createSending, type Word as SendingWord } from './sending'
import { createShape } from './shape'
import { createStanding, openMs, restMs } from './standing'
import { createTriggers } from './triggers'
import { createTyping } from './typing'
import { createUploads } from './uploads'
import { createVerbs } from './verbs'

export { openDoor } from '../core/door'

type Word = SendingWord | NoticeWord | { kind: 'live' }

/** So many tries without a socket, and history is asked instead. */
const pollAfterFailures = 3
const youngMs = 5000
/** History waits this long for the socket, so that it need not be asked twice. */
const socketWithinMs = 1500

export const createChat: CreateChat = (core) => {
  const { clock, guard, page, tabs, visitor } = core
  const addresses = createAddresses(core.server)
  const calls = createCalls(core.call)
  const conversation = createConversation()
  const { facts, note } = conversation
  const say = (said: string) => bodyOf(said, undefined, addresses.absolute)
  const tell = (word: Word) => tabs.say('chat', word)
  let movedAtMs = 0
  let foundId: string | undefined
  let undoFirst = () => {}

  const room = createRoom({ core, conversation, calls, onClear, onStranger })
  const inbox = createInbox({
    core,
    conversation,
    calls,
    shape: createShape({ addresses, bodyOf, withoutQuoteLink }),
    onFresh(fresh) {
      if (!fresh.length) return
      movedAtMs = clock.now()
      typing.clear()
      announcements.messages(fresh)
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
  const registration = createRegistration({ core, conversation })
  const standing = createStanding({ core, conversation, addresses, onRoom: room.heard })
  const sending = createSending({ core, conversation, calls, bodyOf: say, room, take, tell, onRefused: () => void standing.refresh(0) })
  const uploads = createUploads({ core, conversation, ensure: room.ensure, take, sync: history.sync })
  const triggers = createTriggers({ core, conversation, calls, person: standing.person, bodyOf: say })
  const notices = createNotices({ core, conversation, tell, play: playSound })
  const announcements = createAnnouncements({ core, conversation })
  const drafts = createDrafts(core)

  const realtime = createRealtime({
    server: core.server,
    clock,
    page,
    guard,
    onState(state, failures, retryAtMs) {
      note({ socket: { state, retryAtMs } })
      if (state === 'live') tell({ kind: 'live' })
      if (state !== 'live') typing.clear()
      if (state === 'waiting' && !history.loaded()) void history.syncSurely()
      if (failures < pollAfterFailures || !page.visible()) polling.stop()
      else polling.start()
    },
    onLive() {
      void history.syncSurely()
      // The first connection of a page that found the room there: its config has just been asked for.
      void standing.refresh(facts.room.peek()?.id === foundId ? youngMs : 0)
      foundId = undefined
      sending.wake()
    },
    onEvent: heard,
    async onRefused() {
      await standing.refresh(0)
      if (facts.room.peek()?.open) realtime.lose()
    },
  })
  const typing = createTyping({ core, conversation, method: realtime.method })
  let polls = 0
  const polling = createPolling({
    clock,
    guard,
    movedAtMs: () => movedAtMs,
    onPolling: (works) => note({ polling: works }),
    async ask() {
      // Agent and queue move less often than messages.
      if (polls++ % 3 === 0) await standing.refresh(openMs)
      return history.sync()
    },
  })
  const verbs = createVerbs({ core, conversation, calls, room, remember: registration.remember, refresh: () => standing.refresh(0) })

  function onClear() {
    history.forget()
    typing.clear()
    conversation.keep(({ state, greeting }) => state !== 'sent' || !!greeting)
  }

  function onStranger() {
    conversation.keep(() => false)
    drafts.write('')
    note({ greetings: [], agent: undefined, asked: 'not yet' })
    void registration.read()
    if (facts.open.peek()) void standing.refresh(0)
  }

  const subscriptions = (roomId: string): Subscription[] => [
    { stream: 'stream-room-messages', event: roomId },
    { stream: 'stream-livechat-room', event: roomId },
    { stream: 'stream-notify-room', event: `${roomId}/deleteMessage` },
    ...typing.subscriptions(roomId),
  ]

  function heard(stream: string, event: string, args: unknown[]) {
    const roomId = facts.room.peek()?.id
    if (!roomId || event.split('/')[0] !== roomId) return
    if (stream === 'stream-room-messages') take(args)
    else if (stream === 'stream-livechat-room') {
      const said = decodeRoomEvent(args[0])
      if (said?.kind === 'agent') note({ agent: standing.person(said.agent), ...(said.agent ? { queue: undefined } : {}) })
      else if (said?.kind === 'queue') note({ queue: said.queue })
      else if (said?.kind === 'status') {
        const agent = facts.agent.peek()
        if (agent) note({ agent: { ...agent, status: said.status } })
      }
    } else if (event.endsWith('/deleteMessage')) {
      const id = (args[0] as { _id?: string } | null)?._id
      if (id) conversation.amend(id, { deleted: true, text: '', body: [], files: [], quotes: [], blocks: undefined }, true)
    } else typing.heard(event, args)
  }

  /** A socket only where a conversation is; the last one looked at keeps it when no tab is. */
  const connect = (roomId: string | undefined) => {
    const token = visitor.current()?.token
    if (roomId && token && page.visible()) {
      realtime.want(subscriptions(roomId), token)
      undoFirst()
      undoFirst = clock.after(socketWithinMs, guard(() => (history.loaded() ? undefined : history.syncSurely())))
    } else if (!roomId) {
      realtime.want([])
      polling.stop()
    }
  }

  let registered: boolean | undefined
  const undos = [
    visitor.observe((state) => {
      room.follow(state)
      registration.follow(state)
      if (state.visitor && registered === false) triggers.registered()
      registered = !!state.visitor
    }),
    core.settings.observe((copy) => void standing.apply(copy)),
    room.observe(connect),
    facts.config.subscribe((config) => config?.enabled && void triggers.load(config.triggers)),
    tabs.observe('chat', guard((data) => {
      const word = data as Word
      if (word.kind === 'live') {
        if (!page.visible()) realtime.sleep()
      } else if (word.kind === 'seen' || word.kind === 'muted') notices.hear(word)
      else sending.hear(word)
    })),
    page.observe((event) => {
      if (event === 'visible' || event === 'restore') {
        note({ visible: true })
        const id = facts.room.peek()
        connect(id?.open ? id.id : undefined)
        realtime.wake()
        if (facts.open.peek()) void standing.refresh(openMs)
      } else if (event === 'online') {
        realtime.wake()
        sending.wake()
        if (facts.open.peek()) void standing.refresh(openMs)
      } else if (event === 'hidden') {
        note({ visible: false })
        typing.stop()
        polling.stop()
      } else if (event === 'leave' || event === 'freeze') {
        realtime.sleep()
        polling.stop()
      }
    }),
  ]

  const begin = async () => {
    note({ visible: page.visible() })
    await Promise.all([standing.recall(), registration.read(), notices.recall(), sending.recall()])
    const state = await visitor.state()
    registered = !!state.visitor
    registration.follow(state)
    await room.recall()
    foundId = facts.room.peek()?.id
    await standing.refresh(facts.open.peek() ? openMs : restMs)
  }
  const begun = begin().catch(guard((error: unknown) => {
    throw error
  }))

  return {
    config: facts.config,
    registration: facts.registration,
    online: facts.online,
    room: facts.room,
    messages: conversation.messages,
    older: facts.older,
    agent: facts.agent,
    queue: facts.queue,
    typing: facts.typing,
    connection: conversation.connection,
    uploads: facts.uploads,
    unread: conversation.unread,
    greetings: facts.greetings,
    muted: facts.muted,
    stage: conversation.stage,

    setOpen(open) {
      if (open === facts.open.peek()) return
      note({ open, ...(open ? { greetings: [] } : {}) })
      if (!open) return typing.stop()
      standing.expire()
      triggers.opened()
      sending.wake()
      void begun.then(() => {
        void standing.refresh(openMs)
        if (facts.room.peek()?.open === false) void history.syncSurely()
      })
    },
    acceptConsent: registration.acceptConsent,
    submitForm: registration.submitForm,
    remembered: registration.remembered,
    async send(text) {
      typing.stop()
      drafts.write('')
      await sending.send(text)
    },
    retry: guard(sending.retry),
    discard: guard(sending.discard),
    typed: typing.typed,
    draft: drafts.read,
    setDraft: drafts.write,
    loadOlder: history.older,
    attach: uploads.attach,
    cancelUpload: uploads.cancel,
    retryUpload: uploads.retry,
    ...verbs,
    dismissGreeting: () => note({ greetings: [] }),
    setMuted: notices.mute,
    destroy() {
      undos.forEach((undo) => undo())
      realtime.want([])
      undoFirst()
      for (const part of [polling, uploads, triggers, notices, announcements, drafts, standing]) part.stop()
      history.forget()
      typing.stop()
      typing.clear()
    },
  }
}
