/** npm `./store`: the widget and its state as a plain store: Svelte's `$store`, Solid's `from(store)`, and whatever else subscribes. */
import { stateOf, type TagalongState } from './adapters/state'
import { createTagalong } from './index'
import type { Options, Tagalong } from './options/types'

export type { TagalongState } from './adapters/state'

/**
 * A widget that can be subscribed to.
 *
 * @example
 * const { chat, subscribe }: TagalongStore = createTagalongStore({ server: 'https://chat.example.com' })
 */
export interface TagalongStore {
  readonly chat: Tagalong
  /**
   * The state as it is: the same object for as long as nothing changes.
   * @example const { unread } = store.getSnapshot()
   */
  getSnapshot(): TagalongState
  /**
   * Calls `run` at once with the state, and after every change; returns its undo.
   * @example const stop = store.subscribe(({ unread }) => setBadge(unread))
   */
  subscribe(run: (state: TagalongState) => void): () => void
}

/**
 * Makes the widget.
 *
 * @example
 * const tagalong = createTagalongStore({ server: 'https://chat.example.com' })
 * tagalong.subscribe(({ unread }) => console.log(unread))
 */
export const createTagalongStore = (options: Options): TagalongStore => {
  const chat = createTagalong(options)
  const { getSnapshot, subscribe } = stateOf(chat)
  return {
    chat,
    getSnapshot,
    subscribe(run) {
      const tell = () => run(getSnapshot())
      tell()
      return subscribe(tell)
    },
  }
}
