/** The model of the conversation: its facts and its messages, as signals. Only this file writes them. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { ConnectionState } from '../options'
import type { ChatConfig, WireQueue } from '../wire/config'
import type { Chat, Message, Person, Upload } from './contracts'

export interface Facts {
  config: ChatConfig | undefined
  /** Whether the server has answered a question for its settings since the panel was opened. */
  serverAnswer: 'pending' | 'failed' | 'received'
  registration: Chat['registration']['value']
  online: boolean
  room: { id: string; open: boolean } | undefined
  /** Whether anything may be stored and asked of the server: not before the visitor has agreed, where the host asks for that. */
  isStoringAllowed: boolean
  /** What the visitor has answered. Undefined until storage has been read. */
  visitorAnswers: VisitorAnswers | undefined
  older: 'none' | 'more' | 'loading'
  /** The id of the department that the visitor talks to, or would. */
  department: string | undefined
  agent: Person | undefined
  queue: WireQueue | undefined
  typing: string[]
  socket: { state: ConnectionState | 'idle'; retryAtMs?: number }
  /** New messages come by polling, because no websocket can be opened. */
  isPolling: boolean
  /** How long the lane of messages waits, for a limit of the server or a retry. */
  sendWait: { untilMs: number; limited: boolean } | undefined
  uploads: Upload[]
  passage: 'unknown' | 'possible' | 'blocked'
  greetings: Message[]
  /** Words of the host's for the composer, until it has taken them. */
  prefilled: string
  muted: boolean
  isPanelOpen: boolean
  isPageVisible: boolean
  /** When the newest message was sent that the visitor has seen. */
  seenAtMs: number
}

/** Whether consent was given and the form filled in, and what is there without a form: name, address, and custom fields by their ids. */
export interface VisitorAnswers {
  consent: boolean
  form: boolean
  name: boolean
  email: boolean
  customFields: string[]
}

type Signals = { [K in keyof Facts]: Signal<Facts[K]> }
export type ReadonlyFacts = { [K in keyof Facts]: ReadonlySignal<Facts[K]> }

/** A message with the time of its last change, so that a late answer never undoes an edit. */
export interface Received {
  message: Message
  updatedAt: number
}

export interface Conversation extends Pick<Chat, 'messages' | 'stage' | 'connection' | 'unread'> {
  facts: ReadonlyFacts
  update(change: Partial<Facts>): void
  /** Takes messages from history, socket, echo and replay alike: one message for each id, in the server's order. Returns those that are new, or newly sent. */
  receive(received: Received[]): Message[]
  findMessage(id: string): Message | undefined
  /** Changes a message here. `final`: a later change by the server is ignored. */
  changeMessage(id: string, change: Partial<Message>, final?: boolean): void
  /** Removes all other messages. */
  keepMessages(isWanted: (message: Message) => boolean): void
}

/** Own messages that have not been sent come last: the server has not given them a place in its order yet. */
const isBefore = (a: Message, b: Message): boolean => {
  const bySending = +(a.state !== 'sent') - +(b.state !== 'sent')
  return (bySending || a.at - b.at || (a.id < b.id ? -1 : 1)) < 0
}

const insertInOrder = (list: Message[], message: Message): void => {
  let place = list.length
  // Nearly every message is the newest, so the search begins at the end.
  for (; place > 0; place--) {
    const previous = list[place - 1]
    if (!previous || !isBefore(message, previous)) break
  }
  list.splice(place, 0, message)
}

/** Whether the pre-chat form has a question that nobody has answered. One department to choose from is no question. */
const needsForm = ({ form, departments, customFields }: ChatConfig, answers: VisitorAnswers): boolean => {
  if (!form.shown || answers.form) return false
  if (customFields.some(({ id, required }) => required && !answers.customFields.includes(id))) return true
  if (!form.name && !form.email) return departments.filter((department) => department.onRegistration).length > 1
  return (form.name && !answers.name) || (form.email && !answers.email)
}

/** The common part of messages that are no more than a text. */
export const textOnly = {
  state: 'sent',
  files: [],
  quotes: [],
  edited: false,
  deleted: false,
} satisfies Partial<Message>

/** Whether the visitor would miss something by not having seen it. */
export const countsAsUnread = ({ from, deleted, greeting }: Message): boolean =>
  (from === 'agent' || from === 'bot') && !deleted && !greeting

const countUnread = (messages: Message[], seenAtMs: number): number => {
  let unread = 0
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]
    // Whoever has seen a message has seen those before it.
    if (!message || (message.at <= seenAtMs && message.state === 'sent')) break
    if (countsAsUnread(message)) unread++
  }
  return unread
}

const firstFacts: Facts = {
  config: undefined,
  serverAnswer: 'pending',
  isStoringAllowed: true,
  registration: { kind: 'none' },
  online: false,
  room: undefined,
  visitorAnswers: undefined,
  older: 'none',
  department: undefined,
  agent: undefined,
  queue: undefined,
  typing: [],
  socket: { state: 'idle' },
  isPolling: false,
  sendWait: undefined,
  uploads: [],
  passage: 'unknown',
  greetings: [],
  prefilled: '',
  muted: false,
  isPanelOpen: false,
  isPageVisible: true,
  // Nothing counts as unread before storage has said what the visitor has seen.
  seenAtMs: Infinity,
}

const createFacts = (): Signals =>
  // `Object.fromEntries` cannot say that each key keeps the type of its own value.
  Object.fromEntries(Object.entries(firstFacts).map(([name, value]) => [name, signal(value)])) as unknown as Signals

const stageOf = ({
  config,
  room,
  visitorAnswers,
  serverAnswer,
  online,
  isStoringAllowed,
}: Signals): Chat['stage']['value'] => {
  if (!isStoringAllowed.value) return 'consent'
  const settings = config.value
  const answers = visitorAnswers.value
  if (!settings || !answers) return 'loading'
  if (!settings.enabled) return 'disabled'
  if (room.value) return room.value.open ? 'talk' : 'finished'
  if (serverAnswer.value === 'pending') return 'loading'
  if (settings.consent.required && !answers.consent) return 'consent'
  if (!online.value) return settings.offline.form ? 'offline' : 'unavailable'
  return needsForm(settings, answers) ? 'form' : 'talk'
}

const connectionOf = ({ sendWait, socket, isPolling }: Signals): Chat['connection']['value'] => {
  const wait = sendWait.value
  const { state } = socket.value
  if (wait && (wait.limited || state !== 'waiting'))
    return { state: 'waiting', retryAtMs: wait.untilMs, limited: wait.limited }
  return isPolling.value && state !== 'live' ? { state: 'polling' } : socket.value
}

export const createConversation = (): Conversation => {
  const facts = createFacts()
  const messages = signal<Message[]>([])
  const receivedById = new Map<string, Received>()

  return {
    facts,
    messages,
    stage: computed(() => stageOf(facts)),
    connection: computed(() => connectionOf(facts)),
    unread: computed(() => countUnread(messages.value, facts.seenAtMs.value)),

    update(change) {
      batch(() => {
        // The type of each value is that of its own signal, which a loop over names cannot say.
        for (const [name, value] of Object.entries(change)) facts[name as keyof Facts].value = value as never
      })
    },

    receive(received) {
      const list = messages.peek().slice()
      const newMessages: Message[] = []
      let hasChanged = false
      for (const one of received) {
        const { message, updatedAt } = one
        const old = receivedById.get(message.id)
        if (old && updatedAt <= old.updatedAt) continue
        hasChanged = true
        receivedById.set(message.id, one)
        const index = old ? list.lastIndexOf(old.message) : -1
        if (old && old.message.at === message.at && old.message.state === message.state) list[index] = message
        else {
          if (old) list.splice(index, 1)
          insertInOrder(list, message)
        }
        if (message.state !== old?.message.state) newMessages.push(message)
      }
      if (hasChanged) messages.value = list
      return newMessages
    },

    findMessage: (id) => receivedById.get(id)?.message,

    changeMessage(id, change, final = false) {
      const old = receivedById.get(id)
      if (!old) return
      const message = { ...old.message, ...change }
      receivedById.set(id, { message, updatedAt: final ? Infinity : old.updatedAt })
      const list = messages.peek().filter((other) => other !== old.message)
      insertInOrder(list, message)
      messages.value = list
    },

    keepMessages(isWanted) {
      const list = messages.peek().filter((message) => isWanted(message) || !receivedById.delete(message.id))
      if (list.length < messages.peek().length) messages.value = list
    },
  }
}
