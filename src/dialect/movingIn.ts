import { newToken } from '../browser/id'
import { createJournal } from '../browser/journal'
import type { Tagalong } from '../options'
import type { TrackingSetup } from '../tracking'
import type { VisitorState } from '../tracking/stored'
import { asObject, asText } from '../wire/coerce'
import type { Json } from '../wire/json'
import { decodeWireVisitor, textOrNone } from '../wire/visitor'

/** The official widget keeps all it knows under one key of its frame's origin, which is the server's (packages/livechat/src/store in Rocket.Chat, and since 1.0 of the widget). */
const officialKey = 'store'

/** The visitor in what the official widget has kept; undefined for what another script of the page keeps under so common a name. */
const stateOf = (kept: Json): VisitorState | undefined => {
  const token = asText(kept.token)
  if (!token || !kept.iframe || !kept.config) return undefined
  return { token, visitor: decodeWireVisitor(asObject(kept.user)), roomId: textOrNone(asObject(kept.room)._id) }
}

export interface MovingIn extends Required<Pick<TrackingSetup, 'firstVisitor'>> {
  /** Hears when the visitor is given up: nothing that the official widget has left may bring them back. */
  follow(api: Tagalong): void
}

/** Where the server lies on the page's own origin, the page can read who the visitor was with the official widget: they go on as the same. */
export const createMovingIn = (server: string): MovingIn => {
  const notes = createJournal('', () => localStorage)
  const official = (): VisitorState | undefined =>
    `${server}/`.startsWith(`${location.origin}/`) ? stateOf(asObject(notes.read(officialKey))) : undefined
  const giveUp = () => {
    if (official()) notes.remove(officialKey)
  }
  return {
    firstVisitor(proposed) {
      const state = official()
      return state && (!proposed || proposed === state.token) ? state : { token: proposed || newToken() }
    },

    follow(api) {
      const { consent, forget } = api
      // At once: a page that goes while its database is being emptied comes to no later event.
      api.consent = (granted) => {
        if (!granted) giveUp()
        return consent(granted)
      }
      api.forget = () => {
        giveUp()
        return forget()
      }
      api.on('identity', giveUp)
    },
  }
}
