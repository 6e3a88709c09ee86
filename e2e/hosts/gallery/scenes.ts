import type { CannedChat } from './contracts'
import { ana, blockTalk, config, longTalk, message, now, richTalk, shortTalk } from './canned'

/** What a scene changes of a chat in which nothing has happened yet. */
export interface Scene {
  set(chat: CannedChat): void
  closed?: boolean
  offline?: boolean
}

const talk = (chat: CannedChat) => {
  chat.stage.value = 'talk'
  chat.room.value = { id: 'r', open: true }
  chat.agent.value = ana
  chat.registration.value = { kind: 'done' }
  chat.connection.value = { state: 'live' }
  chat.messages.value = shortTalk()
}

const stage = (name: CannedChat['stage']['value'], online = true): Scene => ({
  set(chat) {
    chat.stage.value = name
    chat.online.value = online
  },
})

const during = (change: (chat: CannedChat) => void, more: Partial<Scene> = {}): Scene => ({
  ...more,
  set(chat) {
    talk(chat)
    change(chat)
  },
})

export const scenes: Record<string, Scene> = {
  closed: { closed: true, set() {} },
  unread: { closed: true, set: (chat) => void (chat.unread.value = 3) },
  greeting: {
    closed: true,
    set: (chat) => void (chat.greetings.value = [message(0, ana, 'Hello! Shall we find the right boots for you?')]),
  },
  loading: stage('loading'),
  consent: stage('consent'),
  form: stage('form'),
  offline: stage('offline', false),
  unavailable: stage('unavailable', false),
  disabled: stage('disabled', false),
  welcome: stage('talk'),
  registering: { set: (chat) => void ((chat.stage.value = 'talk'), (chat.registration.value = { kind: 'waiting' })) },
  refused: {
    set: (chat) =>
      void (
        (chat.stage.value = 'talk'),
        (chat.registration.value = { kind: 'refused', code: 'refused', says: 'Invalid email' })
      ),
  },
  talk: during(() => {}),
  rich: during((chat) => void (chat.messages.value = richTalk())),
  blocks: during((chat) => void (chat.messages.value = blockTalk())),
  typing: during((chat) => void (chat.typing.value = ['Ana'])),
  fresh: during((chat) => void (chat.unread.value = 2)),
  queue: during((chat) => {
    chat.agent.value = undefined
    chat.messages.value = shortTalk().slice(0, 2)
    chat.queue.value = { spot: 2, waitSeconds: 180 }
  }),
  unanswered: during((chat) => {
    chat.agent.value = undefined
    chat.messages.value = shortTalk().slice(0, 2)
  }),
  hidden: during((chat) => {
    chat.agent.value = { username: '', name: '', hidden: true, status: 'online' }
    chat.messages.value = shortTalk().map((each) =>
      each.from === 'agent' ? { ...each, author: { username: '', name: '', hidden: true } } : each,
    )
  }),
  limited: during(
    (chat) => void (chat.connection.value = { state: 'waiting', retryAtMs: Date.now() + 20_000, limited: true }),
  ),
  reconnecting: during((chat) => void (chat.connection.value = { state: 'connecting' })),
  lost: during((chat) => void (chat.connection.value = { state: 'waiting', retryAtMs: Date.now() + 20_000 })),
  nonetwork: during(() => {}, { offline: true }),
  uploads: during((chat) => {
    chat.uploads.value = [
      { id: 'u1', name: 'mountains-in-the-evening-light.jpg', sizeBytes: 2_400_000, progress: 0.6, state: 'sending' },
      {
        id: 'u2',
        name: 'everything.zip',
        sizeBytes: 900_000_000,
        progress: 0,
        state: 'failed',
        failure: { code: 'error-file-too-large', says: '' },
      },
      { id: 'u3', name: 'receipt.pdf', sizeBytes: 90_000, progress: 1, state: 'unknown' },
    ]
  }),
  long: during((chat) => {
    chat.messages.value = longTalk(2000)
    chat.older.value = 'more'
  }),
  paged: during((chat) => {
    chat.messages.value = longTalk(30)
    chat.older.value = 'more'
    let pages = 2
    chat.loadOlder = async () => {
      if (!pages--) chat.older.value = 'none'
      else chat.messages.value = [...longTalk(30, `${pages}-`), ...chat.messages.value]
    }
  }),
  finished: during((chat) => {
    chat.stage.value = 'finished'
    chat.room.value = { id: 'r', open: false }
    chat.agent.value = undefined
    chat.messages.value = [...shortTalk(), message(0, ana, '', { from: 'system', note: { kind: 'closed' } })]
  }),
}

export { config, now }
