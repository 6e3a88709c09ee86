/** The composition root of the chat: what is needed before there is a conversation. All the rest is fetched. Read this first. */
import { computed } from '@preact/signals-core'
import type { Undo } from '../browser/ports'
import type { Core } from '../visitor/contracts'
import { idleSettingsAgeMs, openPanelSettingsAgeMs } from '../wire/settingsAge'
import { createAddresses } from './addresses'
import { createAnnounce } from './announce'
import { createAnswers, type Answers } from './answers'
import type { Chat, Paragraphs } from './contracts'
import { createConversation, type Conversation } from './conversation'
import { createDrafts, type Drafts } from './sending/drafts'
import { mutedKey } from './keys'
import type { TabMessage } from './sending/records'
import { createRoom, type Room } from './room'
import { createSending, type Sending } from './sending/sending'
import { createServerState, type ServerState } from './serverState'
import { createTalkLoader, type ImportTalk, type TalkLoader } from './talkLoader'
import { createTriggersLoader, type TriggersLoader } from './triggersLoader'

interface ChatParts {
  core: Core
  conversation: Conversation
  answers: Answers
  drafts: Drafts
  room: Room
  serverState: ServerState
  /** Asks the server, where nobody waits for the answer. */
  refresh(maxAgeMs: number): void
  checkServer: Chat['checkServer']
  sending: Sending
  talk: TalkLoader
  triggers: TriggersLoader
}

const createParts = (core: Core, importTalk: ImportTalk): ChatParts => {
  const addresses = createAddresses(core.server, () => core.options().media)
  const conversation = createConversation()
  const { facts, update, keepMessages, messages, changeMessage } = conversation
  const answers = createAnswers({ core, conversation })
  const drafts = createDrafts(core)

  /** Until the talk is here a text is one paragraph without any marks. */
  const parseText = (text: string): Paragraphs[] =>
    talk.current()?.parseText(text) ?? [{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }]

  const room = createRoom({
    core,
    conversation,
    async refreshRoomState() {
      const fetched = await talk.fetch()
      // Without the talk the room stays as it is: the next copy of the config asks again.
      if (fetched.kind === 'here') await fetched.talk.refreshRoomState()
    },
    onNewConversation() {
      talk.current()?.reset()
      keepMessages(({ state, greeting }) => state !== 'sent' || !!greeting)
    },
    onNewVisitor() {
      keepMessages(() => false)
      drafts.write('')
      update({ greetings: [], prefilled: '', agent: undefined, serverAnswer: 'pending' })
      core.guard(answers.read)()
      if (facts.isPanelOpen.peek()) refresh(0)
    },
  })
  const serverState = createServerState({ core, conversation, addresses, followRoom: room.followConfig })
  const refresh = core.guard(serverState.refresh)
  const checkServer = () => refresh(0)

  const sending = createSending({
    core,
    conversation,
    parseText,
    room,
    onStored: core.guard(async (message, id) => {
      const fetched = await talk.fetch()
      if (fetched.kind === 'here') {
        // An echo that was sooner than the answer has made it a sent one already.
        const own = conversation.findMessage(id)
        if (own?.state === 'sending') fetched.talk.expectEcho(id, own.at)
        fetched.talk.receive([message])
      }
      // The talk is missing, or the server's answer had no message in it: the visitor's own copy will do.
      if (conversation.findMessage(id)?.state === 'sending') changeMessage(id, { state: 'sent' })
    }),
    async settleRefused(...given) {
      const fetched = await talk.fetch()
      return fetched.kind === 'here' ? fetched.talk.settleRefused(...given) : { kind: 'wait' }
    },
    postToTabs: (message) => core.tabs.post('chat', message),
    checkServer,
  })

  const talk = createTalkLoader({
    core,
    importTalk,
    create(createTalk) {
      const made = createTalk({ core, conversation, addresses, answers, room, serverState, sending })
      // These were parsed without the talk.
      for (const { id, text, greeting, state } of messages.peek())
        if (greeting || state !== 'sent') changeMessage(id, { body: made.parseText(text) })
      return made
    },
  })
  const triggers = createTriggersLoader({ core, conversation, personOf: serverState.personOf, parseText })
  return { core, conversation, answers, drafts, room, serverState, refresh, checkServer, sending, talk, triggers }
}

const fetchTalkIfNeeded = ({ core, conversation: { facts }, talk }: ChatParts): void => {
  // Before the visitor agrees, nothing is asked of the server.
  const room = core.mayStore() && facts.room.peek()
  // The loader has reported a failure, and the next reason to fetch tries again.
  if (room && (room.open || facts.isPanelOpen.peek())) core.guard(talk.fetch)()
}

/** The visitor has agreed that something is stored, here or by a button of the page: now the chat does what it could not do before. */
const followConsent = (parts: ChatParts): void => {
  const { core, conversation, serverState } = parts
  const { facts, update } = conversation
  if (facts.isStoringAllowed.peek() || !core.mayStore()) return
  update({ isStoringAllowed: true })
  fetchTalkIfNeeded(parts)
  void serverState.refresh(openPanelSettingsAgeMs)
  if (facts.isPanelOpen.peek()) core.guard(core.opened)()
}

const observeAll = (parts: ChatParts): Undo[] => {
  const { core, conversation, answers, room, serverState, refresh, sending, triggers } = parts
  const { facts, update } = conversation
  const announce = createAnnounce(core)
  const isServerKnown = () => facts.serverAnswer.value === 'received'
  const onlineDetail = computed(() => (isServerKnown() ? { online: facts.online.value } : undefined))
  // Where no agent is online, nobody is greeted.
  const triggerList = computed(() => (isServerKnown() && facts.online.value && facts.config.value?.triggers) || [])
  return [
    core.on('ready', () => followConsent(parts)),
    core.visitor.observe((state) => {
      room.followVisitor(state)
      answers.followVisitor(state)
      triggers.followVisitor(state)
    }),
    core.settings.observe(core.guard((copy) => copy && serverState.apply(copy))),
    facts.room.subscribe(() => fetchTalkIfNeeded(parts)),
    conversation.connection.subscribe(({ state }) => {
      if (state !== 'idle') announce('connection', { state })
    }),
    onlineDetail.subscribe((detail) => {
      if (detail) announce('online', detail)
    }),
    // Triggers that could not be fetched are reported, and loaded with the next list.
    triggerList.subscribe((list) => void triggers.load(list).catch(() => undefined)),
    core.tabs.observe(
      'chat',
      core.guard((message) => sending.followTab(message as TabMessage)),
    ),
    core.page.observe((event) => {
      if (event === 'hidden') return update({ isPageVisible: false })
      // What an open panel says of the server is no longer true, which shows when nobody answers.
      if (event === 'offline') return facts.isPanelOpen.peek() ? refresh(0) : undefined
      if (event !== 'visible' && event !== 'restore' && event !== 'online') return
      update({ isPageVisible: core.page.visible() })
      fetchTalkIfNeeded(parts)
      sending.lane.wake()
      if (facts.isPanelOpen.peek()) refresh(openPanelSettingsAgeMs)
    }),
  ]
}

/** Shows what earlier pages have left, then asks the server. */
const begin = async ({ core, conversation, answers, room, serverState, sending, talk, triggers }: ChatParts) => {
  const { facts, update } = conversation
  update({ isPageVisible: core.page.visible() })
  const [muted] = await Promise.all([
    core.storage.get(mutedKey),
    serverState.restore(),
    answers.read(),
    sending.restore(),
  ])
  update({ muted: !!muted })
  const state = await core.visitor.state()
  triggers.followVisitor(state)
  answers.followVisitor(state)
  await room.restore()
  await serverState.refresh(facts.isPanelOpen.peek() ? openPanelSettingsAgeMs : idleSettingsAgeMs)
  // On a shared computer the visitor after an ended conversation may be somebody else.
  if (facts.room.peek()?.open === false && facts.config.peek()?.clearWhenEnded) await talk.calls.startNew()
}

export const createChat = (core: Core, importTalk: ImportTalk = () => import('./talk')): Chat => {
  const parts = createParts(core, importTalk)
  const { conversation, answers, drafts, serverState, refresh, checkServer, sending, talk, triggers } = parts
  const { facts, update, messages, connection, unread, stage } = conversation
  update({ isStoringAllowed: core.mayStore() })
  const undos = observeAll(parts)
  const begun = begin(parts)
  // Through the error door.
  core.guard(() => begun)()
  const afterBegin = core.guard(async () => {
    await begun
    fetchTalkIfNeeded(parts)
    refresh(openPanelSettingsAgeMs)
  })

  return {
    ...facts,
    messages,
    connection,
    unread,
    stage,
    ...talk.calls,

    setOpen(isPanelOpen) {
      if (isPanelOpen === facts.isPanelOpen.peek()) return
      update({ isPanelOpen, ...(isPanelOpen && { greetings: [] }) })
      if (!isPanelOpen) return talk.current()?.stopTyping()
      serverState.expire()
      triggers.onPanelOpened()
      sending.lane.wake()
      afterBegin()
    },
    checkServer,
    async acceptConsent() {
      await answers.acceptConsent()
      followConsent(parts)
    },
    remembered: answers.remembered,
    async send(text) {
      talk.current()?.stopTyping()
      drafts.write('')
      await sending.send(text)
    },
    draft: drafts.read,
    setDraft(text) {
      drafts.write(text)
      update({ prefilled: '' })
    },
    async prefill(prefilled) {
      if (await drafts.read()) return
      drafts.write(prefilled)
      update({ prefilled })
    },
    trackEvent: triggers.onEvent,
    typed: talk.typed,
    dismissGreeting: () => update({ greetings: [] }),
    destroy() {
      undos.forEach((undo) => undo())
      for (const part of [talk, triggers, serverState]) part.stop()
    },
  }
}
