import type { EventName, Events, Options, Tagalong } from './types'

/**
 * What the script tag puts on the page. Before it has come, the snippet's stub takes the same calls and keeps them in `q`.
 *
 * @example
 * Tagalong({ theme: 'dark' })
 * Tagalong((chat) => chat.on('unread', ({ count }) => console.log(count)))
 */
export interface TagalongFunction {
  (...statements: (Partial<Options> | ((chat: Tagalong) => void))[]): void
  readonly version?: string
  q?: unknown[]
}

/**
 * Each event on `document`, with the plain data of the event as its `detail`.
 *
 * @example
 * document.addEventListener('tagalong:visit', ({ detail }) => console.log(detail.href))
 */
export type TagalongEventMap = { [E in EventName as `tagalong:${E}`]: CustomEvent<Events[E]> }

declare global {
  // Only a `var` is both a name of its own and a member of `globalThis`.
  var Tagalong: TagalongFunction
  interface Window {
    Tagalong: TagalongFunction
  }
  interface DocumentEventMap extends TagalongEventMap {}
  interface HTMLElementTagNameMap {
    /** The widget's element on the page; no registered custom element. */
    'tagalong-widget': HTMLElement
  }
}
