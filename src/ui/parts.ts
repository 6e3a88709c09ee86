import type { Chat } from '../chat/contracts'
import type { Core, Undo } from '../core/contracts'
import { loadStrings } from './strings'
import type { Strings } from './strings/en'
import type { Language } from './strings/launcher'

/** One request for all who ask; a failed one is forgotten, so that the next asks again. */
const once = <T>(get: () => Promise<T>): (() => Promise<T>) => {
  let coming: Promise<T> | undefined
  return () =>
    (coming ??= get().catch((error) => {
      coming = undefined
      throw error
    }))
}

export interface Parts {
  /** What has arrived. */
  chat?: Chat
  panel?: typeof import('./panel/Panel')
  strings?: Strings
  loadChat(): Promise<unknown>
  /** All that the open panel needs, side by side. */
  load(language: Language): Promise<unknown>
  stop: Undo
}

export const createParts = (core: Core, adopt: (css: string) => void, onNews: () => void): Parts => {
  const undos: Undo[] = []
  let stopped = false
  let spoken: Language | undefined
  const loadChat = once(async () => {
    const { createChat } = await import('../chat')
    if (stopped) return
    const chat = (parts.chat = createChat(core))
    undos.push(chat.unread.subscribe(onNews), chat.greetings.subscribe(onNews), chat.destroy)
  })
  const loadPanel = once(async () => {
    parts.panel = await import('./panel/Panel')
    adopt(parts.panel.sheet)
  })
  const loadWords = async (language: Language) => {
    if (spoken === language) return
    const strings = await loadStrings(language)
    spoken = language
    parts.strings = strings
  }
  const parts: Parts = {
    loadChat,
    load: (language) => Promise.all([loadChat(), loadPanel(), loadWords(language)]),
    stop() {
      stopped = true
      undos.forEach((undo) => undo())
    },
  }
  return parts
}
