import { maxSubscriptions } from '../http/bounds.ts'
import { errorObject } from '../http/envelope.ts'
import type { ServerState } from '../state.ts'
import { mayRead } from './access.ts'
import type { Connection, Frame } from './frame.ts'

/** What one visitor's connection listens to. */
export function createSubscriptions(state: ServerState, { send, tooMany }: Connection) {
  /** How each ends, by the id the visitor gave it. */
  const subscriptions = new Map<string, () => void>()

  return {
    subscribe({ id, name, params }: Frame) {
      const given = Array.isArray(params) ? (params as unknown[]) : []
      const refuse = (error: unknown) => send({ msg: 'nosub', id, error })
      if (typeof id !== 'string' || typeof name !== 'string') return refuse(errorObject(400, 'Bad request'))
      if (!name.startsWith('stream-')) return refuse(errorObject(404, `Subscription '${name}' not found`))
      if (subscriptions.size >= maxSubscriptions && !subscriptions.has(id))
        return refuse(errorObject(400, 'Too many subscriptions'))
      const limited = tooMany(name)
      if (limited) return refuse(limited)
      const event = given[0]
      if (typeof event !== 'string' || !mayRead(state, name, event, given))
        return refuse(errorObject('not-allowed', 'Not allowed'))
      subscriptions.get(id)?.()
      subscriptions.set(
        id,
        state.streams.subscribe(name, event, send, (eventName, args) =>
          send({ msg: 'changed', collection: name, id: 'id', fields: { eventName, args } }),
        ),
      )
      send({ msg: 'ready', subs: [id] })
    },
    unsubscribe({ id }: Frame) {
      if (typeof id !== 'string') return
      subscriptions.get(id)?.()
      subscriptions.delete(id)
      send({ msg: 'nosub', id })
    },
    endAll() {
      for (const stop of subscriptions.values()) stop()
      subscriptions.clear()
    },
  }
}
