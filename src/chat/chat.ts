/** The conversation, without a screen. Read this first: it joins what is needed before there is a conversation, and fetches the rest. */
import { computed } from '@preact/signals-core'
import { createAddresses } from './addresses'
import { announce } from './announce'
import { createAnswers } from './answers'
import type { Chat, CreateChat } from './contracts'
import { createConversation } from './conversation'
import { createDrafts } from './drafts'
import { createRoom } from './room'
import { createSending, type Word } from './sending'
import { createStanding, openPanelAgeMs, idleAgeMs } from './serverState'
import type { Talk } from './talk'
import type { Triggers } from './triggers'

/** What only the rest of the conversation can do; of the first nobody awaits the end. */
const told = ['retry', 'discard', 'attach', 'cancelUpload', 'retryUpload', 'setMuted'] as const
const asked = [
  'submitForm',
  'leaveMessage',
  'loadOlder',
  'finish',
  'startNew',
  'switchDepartment',
  'survey',
  'transcript',
  'act',
] as const
type Verb = (typeof told | typeof asked)[number]

export const createChat: CreateChat = (core) => {
  const { guard, page, tabs, visitor } = core
  const addresses = createAddresses(core.server)
  const conversation = createConversation()
  const { facts, note } = conversation
  let alive = true
  let talk: Talk | undefined
  let talkComing: Promise<Talk> | undefined
  let triggers: Triggers | undefined
  let registered: boolean | undefined

  const answers = createAnswers({ core, conversation })
  const drafts = createDrafts(core)
  const room = createRoom({
    core,
    conversation,
    look: () =>
      loadTalk().then(
        (loaded) => loaded.look(),
        () => undefined,
      ),
    onClear() {
      talk?.clear()
      conversation.keep(({ state, greeting }) => state !== 'sent' || !!greeting)
    },
    onStranger() {
      conversation.keep(() => false)
      drafts.write('')
      note({ greetings: [], agent: undefined, asked: 'not yet' })
      void answers.read()
      if (facts.open.peek()) void standing.refresh(0)
    },
  })
  const standing = createStanding({ core, conversation, addresses, onRoom: room.heard })
  const read = (said: string) =>
    talk?.read(said) ?? [{ kind: 'paragraph' as const, inlines: [{ kind: 'text' as const, text: said }] }]
  const sending = createSending({
    core,
    conversation,
    read,
    room,
    async take(message, id) {
      await loadTalk().then(
        (loaded) => loaded.take([message]),
        () => undefined,
      )
      if (conversation.find(id)?.state === 'sending') conversation.amend(id, { state: 'sent' })
    },
    tell: (word) => tabs.post('chat', word),
    onRefused: () => void standing.refresh(0),
  })
  const said = announce(core)

  const fetching = <T>(what: Promise<T>): Promise<T> =>
    what.catch((error: unknown) => {
      core.report('ui-failed', `${error}`)
      throw error
    })
  const loadTalk = (): Promise<Talk> =>
    (talkComing ??= fetching(import('./talk')).then(
      ({ createTalk }) => {
        if (!alive) throw new Error('destroyed')
        talk = createTalk({ core, conversation, addresses, answers, room, standing, sending })
        // What was shown before is read anew.
        for (const { id, text, greeting, state } of conversation.messages.peek())
          if (greeting || state !== 'sent') conversation.amend(id, { body: talk.read(text) })
        return talk
      },
      (error: unknown) => {
        talkComing = undefined
        throw error
      },
    ))
  const wantTalk = () => {
    const there = facts.room.peek()
    if (there?.open || (there && facts.open.peek())) loadTalk().catch(() => undefined)
  }
  const loadTriggers = async (list: unknown[]) => {
    if (!list.length) return
    const { createTriggers } = await fetching(import('./triggers'))
    if (!alive) return
    const first = !triggers
    triggers ??= createTriggers({ core, conversation, person: standing.person, read })
    await triggers.load(list)
    if (first && facts.open.peek()) triggers.opened()
  }
  const later =
    (verb: Verb | 'typed') =>
    async (...args: never[]) =>
      ((await loadTalk())[verb] as (...args: never[]) => unknown)(...args)
  const verbs = <V extends Verb>(names: readonly V[], made: (verb: V) => unknown) =>
    Object.fromEntries(names.map((verb) => [verb, made(verb)])) as unknown as Pick<Chat, V>

  const begin = async () => {
    note({ visible: page.visible() })
    const [muted] = await Promise.all([
      core.storage.get('chat/muted'),
      standing.recall(),
      answers.read(),
      sending.recall(),
    ])
    note({ muted: !!muted })
    const state = await visitor.state()
    registered = !!state.visitor
    answers.follow(state)
    await room.recall()
    await standing.refresh(facts.open.peek() ? openPanelAgeMs : idleAgeMs)
    // Whoever comes after an ended chat may be somebody else.
    if (facts.room.peek()?.open === false && facts.config.peek()?.clearWhenEnded) await later('startNew')()
  }

  const undos = [
    visitor.observe((state) => {
      room.follow(state)
      answers.follow(state)
      if (state.visitor && registered === false) triggers?.registered()
      registered = !!state.visitor
    }),
    core.settings.observe((copy) => void (copy && standing.apply(copy))),
    facts.room.subscribe(wantTalk),
    conversation.connection.subscribe(({ state }) => state !== 'idle' && said('connection', { state })),
    computed(() => (facts.asked.value === 'answered' ? { online: facts.online.value } : undefined)).subscribe(
      (detail) => detail && said('online', detail),
    ),
    // Where nobody is there to answer, nobody is greeted.
    computed(
      () => (facts.asked.value === 'answered' && facts.online.value && facts.config.value?.triggers) || [],
    ).subscribe((list) => void loadTriggers(list).catch(() => undefined)),
    tabs.observe(
      'chat',
      guard((word) => sending.hear(word as Word)),
    ),
    page.observe((event) => {
      if (event === 'hidden') return note({ visible: false })
      if (event !== 'visible' && event !== 'restore' && event !== 'online') return
      note({ visible: page.visible() })
      wantTalk()
      sending.lane.wake()
      if (facts.open.peek()) void standing.refresh(openPanelAgeMs)
    }),
  ]
  const begun = begin()
  begun.catch(
    guard((error: unknown) => {
      throw error
    }),
  )

  return {
    ...facts,
    messages: conversation.messages,
    connection: conversation.connection,
    unread: conversation.unread,
    stage: conversation.stage,

    setOpen(open) {
      if (open === facts.open.peek()) return
      note({ open, ...(open ? { greetings: [] } : {}) })
      if (!open) return talk?.rest()
      standing.expire()
      triggers?.opened()
      sending.lane.wake()
      void begun.then(() => {
        wantTalk()
        return standing.refresh(openPanelAgeMs)
      })
    },
    acceptConsent: answers.acceptConsent,
    remembered: answers.remembered,
    async send(text) {
      talk?.rest()
      drafts.write('')
      await sending.send(text)
    },
    draft: drafts.read,
    setDraft: drafts.write,
    // The first key fetches what the first message will need.
    typed: () => (talk ? talk.typed() : void later('typed')().catch(() => undefined)),
    ...verbs(told, (verb) => guard(later(verb))),
    ...verbs(asked, later),
    dismissGreeting: () => note({ greetings: [] }),
    destroy() {
      alive = false
      undos.forEach((undo) => undo())
      for (const part of [talk, triggers, standing]) part?.stop()
    },
  }
}
