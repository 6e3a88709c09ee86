import type { Options, Tagalong } from '../options/types'

/** A widget, for as long as somebody holds it. */
export interface Held {
  chat: Tagalong
  /** To be called once. The widget is destroyed when nobody holds it any more. */
  release(): void
}

interface Shared {
  chat: Tagalong
  holders: number
}

/** By the address of the server, as it was given. */
const sharedWidgets = new Map<string, Shared>()

const forget = (server: string, shared: Shared): void => {
  if (sharedWidgets.get(server) === shared) sharedWidgets.delete(server)
}

const findOrMake = (create: (options: Options) => Tagalong, options: Options): Shared => {
  const { server } = options
  const running = sharedWidgets.get(server)
  if (running) return running
  const made: Shared = { chat: create(options), holders: 0 }
  sharedWidgets.set(server, made)
  made.chat.on('destroy', () => forget(server, made))
  return made
}

/**
 * One widget for all that hold it at the same time. The last that releases it may hold it again in the same moment: React's StrictMode, a new `key`
 * and hot reloading take components away and put them back at once, and the widget and its conversation stay through that.
 */
export const hold = (create: (options: Options) => Tagalong, options: Options): Held => {
  // A server renders the pages of many visitors in one process: nothing may be shared there.
  if (typeof document === 'undefined') return { chat: create(options), release: () => {} }
  const shared = findOrMake(create, options)
  shared.holders += 1
  return {
    chat: shared.chat,
    release() {
      shared.holders -= 1
      queueMicrotask(() => {
        if (shared.holders > 0) return
        forget(options.server, shared)
        shared.chat.destroy()
      })
    },
  }
}
