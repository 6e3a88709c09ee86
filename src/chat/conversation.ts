/** What is known of the conversation. Nobody else writes a signal. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core'
import type { ConnectionState } from '../options'
import type { ChatConfig, WireQueue } from '../wire/config'
import type { Chat, Message, Person, Upload } from './contracts'

export interface Facts {
  config: ChatConfig | undefined
  /** Whether the server was asked what is true now, and has answered. */
  asked: 'not yet' | 'in vain' | 'answered'
  registration: Chat['registration']['value']
  online: boolean
  room: { id: string; open: boolean } | undefined
  /** Past forms, and what is known of the visitor without one, as far as storage has been read. */
  passed: { consent: boolean; form: boolean; name: boolean; email: boolean } | undefined
  older: 'none' | 'more' | 'loading'
  agent: Person | undefined
  queue: WireQueue | undefined
  typing: string[]
  socket: { state: ConnectionState | 'idle'; retryAtMs?: number }
  /** There is no socket to be had, but history can be asked. */
  polling: boolean
  /** What the message lane waits for. */
  wait: { untilMs: number; limited: boolean } | undefined
  uploads: Upload[]
  greetings: Message[]
  muted: boolean
  /** The panel is on screen. */
  open: boolean
  /** The page is looked at. */
  visible: boolean
  /** When the newest message was sent that the visitor has seen. */
  seenAt: number
}

type Signals = { [K in keyof Facts]: Signal<Facts[K]> }
export type ReadonlyFacts = { [K in keyof Facts]: ReadonlySignal<Facts[K]> }

/** A message with the moment of its last change, so that a late answer never undoes an edit. */
export interface Received {
  message: Message
  updatedAt: number
}

/** Own messages not yet sent come last: what the server has not seen has no place in its order. */
const before = (a: Message, b: Message): boolean => {
  const waiting = +(a.state !== 'sent') - +(b.state !== 'sent')
  return (waiting || a.at - b.at || (a.id < b.id ? -1 : 1)) < 0
}

/** Whether the form has something to ask that nobody has answered. */
const asksForm = (
  { form, departments }: ChatConfig,
  passed: { form: boolean; name: boolean; email: boolean },
): boolean => {
  if (!form.shown || passed.form) return false
  if (!form.name && !form.email) return departments.some((department) => department.onRegistration)
  return (form.name && !passed.name) || (form.email && !passed.email)
}

/** What there is in a message that says no more than its text. */
export const blank = { state: 'sent', files: [], quotes: [], edited: false, deleted: false } satisfies Partial<Message>

/** What the visitor would miss. */
export const counts = ({ from, deleted, greeting }: Message): boolean =>
  (from === 'agent' || from === 'bot') && !deleted && !greeting

export const createConversation = () => {
  const first: Facts = {
    config: undefined,
    asked: 'not yet',
    registration: { kind: 'none' },
    online: false,
    room: undefined,
    passed: undefined,
    older: 'none',
    agent: undefined,
    queue: undefined,
    typing: [],
    socket: { state: 'idle' },
    polling: false,
    wait: undefined,
    uploads: [],
    greetings: [],
    muted: false,
    open: false,
    visible: true,
    // Until storage has said.
    seenAt: Infinity,
  }
  const facts = Object.fromEntries(
    Object.entries(first).map(([name, value]) => [name, signal(value)]),
  ) as unknown as Signals
  const messages = signal<Message[]>([])
  const known = new Map<string, Received>()

  const place = (list: Message[], message: Message) => {
    let index = list.length
    while (index && before(message, list[index - 1]!)) index--
    list.splice(index, 0, message)
  }

  const stage = computed((): Chat['stage']['value'] => {
    const config = facts.config.value
    const room = facts.room.value
    const passed = facts.passed.value
    if (!config || !passed) return 'loading'
    if (!config.enabled) return 'disabled'
    if (room) return room.open ? 'talk' : 'finished'
    if (facts.asked.value === 'not yet') return 'loading'
    if (config.consent.required && !passed.consent) return 'consent'
    if (!facts.online.value) return config.offline.form ? 'offline' : 'unavailable'
    return asksForm(config, passed) ? 'form' : 'talk'
  })

  const connection = computed((): Chat['connection']['value'] => {
    const wait = facts.wait.value
    const socket = facts.socket.value
    if (wait && (wait.limited || socket.state !== 'waiting'))
      return { state: 'waiting', retryAtMs: wait.untilMs, limited: wait.limited }
    return facts.polling.value && socket.state !== 'live' ? { state: 'polling' } : socket
  })

  const unread = computed(() => {
    const seenAt = facts.seenAt.value
    const list = messages.value
    let count = 0
    for (let index = list.length; index-- && (list[index]!.at > seenAt || list[index]!.state !== 'sent');)
      if (counts(list[index]!)) count++
    return count
  })

  return {
    facts: facts as ReadonlyFacts,
    messages: messages as ReadonlySignal<Message[]>,
    stage,
    connection,
    unread,

    /** Writes what has become known. */
    note(change: Partial<Facts>) {
      batch(() => {
        for (const [name, value] of Object.entries(change)) facts[name as keyof Facts].value = value as never
      })
    },

    /** The one road for history, live, echo and replay: one message per id, in the server's order. Gives back those that are new, or newly sent. */
    receive(received: Received[]): Message[] {
      const list = messages.peek().slice()
      const fresh: Message[] = []
      let changed = false
      for (const one of received) {
        const { message, updatedAt } = one
        const old = known.get(message.id)
        if (old && updatedAt <= old.updatedAt) continue
        changed = true
        known.set(message.id, one)
        const index = old ? list.lastIndexOf(old.message) : -1
        if (old && old.message.at === message.at && old.message.state === message.state) list[index] = message
        else {
          if (old) list.splice(index, 1)
          place(list, message)
        }
        if (message.state !== old?.message.state) fresh.push(message)
      }
      if (changed) messages.value = list
      return fresh
    },

    find: (id: string): Message | undefined => known.get(id)?.message,

    /** Changes one that is there without the server's saying so; `final`: whatever is said of it later is out of date. */
    amend(id: string, change: Partial<Message>, final = false) {
      const old = known.get(id)
      if (!old) return
      const message = { ...old.message, ...change }
      known.set(id, { message, updatedAt: final ? Infinity : old.updatedAt })
      const list = messages.peek().filter((other) => other !== old.message)
      place(list, message)
      messages.value = list
    },

    keep(wanted: (message: Message) => boolean) {
      const list = messages.peek().filter((message) => wanted(message) || !known.delete(message.id))
      if (list.length < messages.peek().length) messages.value = list
    },
  }
}

export type Conversation = ReturnType<typeof createConversation>
