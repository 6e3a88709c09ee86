import type { AgentDetail, ConnectionState, Tagalong } from '../options/types'

/**
 * What a component may want to draw of a widget, as its events have told it last.
 *
 * @example
 * const badge = ({ unread, open }: TagalongState) => (open ? '' : `${unread}`)
 */
export interface TagalongState {
  /** How many messages wait to be read. */
  readonly unread: number
  /** Whether the panel is on screen. */
  readonly open: boolean
  /** Who talks to the visitor; undefined when nobody does. */
  readonly agent: AgentDetail | undefined
  /** How messages arrive; undefined before the first conversation on this page. */
  readonly connection: ConnectionState | undefined
}

/** Of a widget that has told nothing yet, and of every widget while a page is rendered on a server. */
export const initialState: TagalongState = { unread: 0, open: false, agent: undefined, connection: undefined }

/** The plain store that every adapter is made of. */
export interface StateStore {
  /** The same object for as long as nothing changes. */
  getSnapshot(): TagalongState
  /** Calls the listener after every change; returns its undo. */
  subscribe(listener: () => void): () => void
}

const createStateStore = ({ on }: Pick<Tagalong, 'on'>): StateStore => {
  const listeners = new Set<() => void>()
  let state = initialState
  const enter = (next: TagalongState): void => {
    state = next
    for (const listener of [...listeners]) listener()
  }
  on('unread', ({ count }) => enter({ ...state, unread: count }))
  on('open', () => enter({ ...state, open: true }))
  on('close', () => enter({ ...state, open: false }))
  on('agent', (agent) => enter({ ...state, agent }))
  on('connection', ({ state: connection }) => enter({ ...state, connection }))
  on('destroy', () => enter(initialState))
  return {
    getSnapshot: () => state,
    subscribe(listener) {
      // Two components may share one function: each subscription is a member of its own.
      const notify = () => listener()
      listeners.add(notify)
      return () => void listeners.delete(notify)
    },
  }
}

const stores = new WeakMap<object, StateStore>()

/** The store of a widget: one for all that ask, who see the same. It knows what has happened since the first has asked. */
export const stateOf = (chat: Tagalong): StateStore => {
  const store = stores.get(chat) ?? createStateStore(chat)
  stores.set(chat, store)
  return store
}
