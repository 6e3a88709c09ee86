import { toJson } from '../../../wire/json'

export interface Subscription {
  stream: string
  event: string
}

export interface Subscriptions {
  /** Replaces what is wanted; false when it was wanted already. */
  want(wanted: Subscription[], token: string): boolean
  /** Subscribes to what is wanted, in place of what this connection has been subscribed to. */
  send(): void
  /** The connection is closed, and its subscriptions are gone with it. */
  forget(): void
  /** This connection is subscribed under this id. */
  has(id: string): boolean
  isFirst(id: string): boolean
}

/** What is wanted of the server, and what one connection after the other subscribes to. */
export const createSubscriptions = (sendFrame: (frame: unknown) => void): Subscriptions => {
  let subscriptions: Subscription[] = []
  let credentials: { token: string; visitorToken: string } | undefined
  /** Subscriptions and token as they were last handed in, for comparison. */
  let wantedJson = toJson([[], ''])
  /** What this connection subscribes to now, by the id it has given to each. */
  let subscriptionsById = new Map<string, Subscription>()
  let lastId = 0

  return {
    want(wanted, token) {
      const json = toJson([wanted, token])
      if (json === wantedJson) return false
      wantedJson = json
      subscriptions = wanted
      credentials = { token, visitorToken: token }
      return true
    },

    send() {
      for (const id of subscriptionsById.keys()) sendFrame({ msg: 'unsub', id })
      subscriptionsById = new Map(subscriptions.map((subscription) => [`s${++lastId}`, subscription]))
      for (const [id, { stream, event }] of subscriptionsById)
        sendFrame({ msg: 'sub', id, name: stream, params: [event, { useCollection: false, args: [credentials] }] })
    },

    forget: () => subscriptionsById.clear(),
    has: (id) => subscriptionsById.has(id),
    isFirst: (id) => !!subscriptions[0] && subscriptionsById.get(id) === subscriptions[0],
  }
}
