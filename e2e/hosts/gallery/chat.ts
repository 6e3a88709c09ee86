import { signal } from '@preact/signals-core'
import type { Chat, CreateChat } from '../../../src/chat/contracts'
import { config, message, visitor } from './canned'
import type { CannedChat } from './contracts'
import { scenes } from './scenes'

export const sceneName = () => new URLSearchParams(location.search).get('scene') ?? ''

/** What the page that hosts the chat has it do. */
const byHost = { prefilled: signal(''), prefill: async () => {}, trackEvent() {} }

export const createChat: CreateChat = (core) => {
  const nothing = async () => {}
  const refuseNone = async () => ({})
  const chat: CannedChat = {
    config: signal(config),
    registration: signal({ kind: 'none' }),
    online: signal(true),
    serverAnswer: signal('received'),
    room: signal(undefined),
    messages: signal([]),
    older: signal('none'),
    department: signal<string | undefined>(undefined),
    agent: signal(undefined),
    queue: signal(undefined),
    typing: signal([]),
    connection: signal({ state: 'idle' }),
    uploads: signal([]),
    passage: signal('possible'),
    unread: signal(0),
    greetings: signal([]),
    muted: signal(false),
    stage: signal('loading'),
    setOpen: (open) => void (open && (chat.unread.value = 0)),
    checkServer() {},
    acceptConsent: async () => void (chat.stage.value = 'form'),
    async submitForm(values) {
      const wrong: Record<string, string> = {}
      if (!/@example\./.test(values.email ?? '')) wrong.email = 'email'
      if (!values['custom/shop']) wrong['custom/shop'] = 'required'
      if (/\D/.test(values['custom/order'] ?? '')) wrong['custom/order'] = 'invalid'
      if (Object.keys(wrong).length) return wrong
      chat.stage.value = 'talk'
      return {}
    },
    remembered: async () => ({ name: 'Lee' }),
    async send(text) {
      const sent = { ...message(0, visitor, text), id: core.randomId(), at: core.clock.now() }
      chat.messages.value = [...chat.messages.value, { ...sent, state: 'sending' }]
      core.clock.after(
        400,
        () => (chat.messages.value = chat.messages.value.map((each) => (each.id === sent.id ? sent : each))),
      )
    },
    retry() {},
    discard: (id) => void (chat.messages.value = chat.messages.value.filter((each) => each.id !== id)),
    typed() {},
    draft: async () => '',
    setDraft() {},
    ...byHost,
    loadOlder: nothing,
    showQuote() {},
    checkPassage() {},
    attach: (files) =>
      void (chat.uploads.value = [
        ...chat.uploads.value,
        ...files.map(({ name, size }) => ({
          id: core.randomId(),
          name,
          sizeBytes: size,
          progress: 0.3,
          state: 'sending' as const,
        })),
      ]),
    cancelUpload: (id) => void (chat.uploads.value = chat.uploads.value.filter((each) => each.id !== id)),
    retryUpload() {},
    finish: async () => void (chat.stage.value = 'finished'),
    startNew: async () => void (chat.stage.value = 'form'),
    switchDepartment: nothing,
    survey: nothing,
    transcript: nothing,
    leaveMessage: refuseNone,
    act: nothing,
    dismissGreeting: () => void (chat.greetings.value = []),
    setMuted: (muted) => void (chat.muted.value = muted),
    destroy() {},
  }
  scenes[sceneName()]?.set(chat)
  Object.assign(globalThis, { chat })
  // Our signals can be written, those of a chat cannot: the same signals otherwise.
  return chat as unknown as Chat
}
