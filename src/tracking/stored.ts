/**
 * The shapes that are kept in the browser, under the names of `keys.ts`: types only. A page of the next release reads what this one has written, so
 * a member is never renamed.
 */
import type { Guest, Visitor } from '../options'
import type { Json } from '../wire/json'
import type { Reply } from '../wire/reply'
import type { PostWay } from '../wire/request'

/** The visitor as this browser knows them; shared by all tabs, kept in storage under `visitor`. */
export interface VisitorState {
  /** The secret. It stays inside: no event, log or address ever carries it. */
  token: string
  /** Set once the server has registered this token. */
  visitor?: Visitor
  /** The open room, if there is one; reports carry it. */
  roomId?: string
  /** What was last told to the server, so that equal data is not sent again. */
  told?: Guest
  /** Fields among those told that the server has refused: it is not told the same of them again. */
  refused?: Guest
  /** Tokens the server has answered with another for: what waits under one leaves under the other. */
  became?: Record<string, string>
}

/** What a page that goes must know of the visitor, beside the database. */
export interface VisitorCopy {
  token: string
  roomId?: string
  /** The database had not answered yet: should it have no token, this is to be the one. */
  isProposed?: boolean
}

/** `livechat/config` as the server sent it: decode before use (wire/config.ts). */
export interface ConfigCopy {
  at: number
  config: Json
}

/** Something durable that waits to leave in its lane; ids sort as text in the order of leaving. */
export interface LaneRecord {
  id: string
  at: number
}

/** What a lane has learnt of the server, once all was not well; shared by all tabs through storage. */
export interface RetryState {
  /** Nothing is sent before then, and how long that was meant to be: a clock that jumps back must not make it longer. */
  untilMs: number
  spanMs: number
  /** The server itself has named the time. */
  limited?: boolean
  limitedAtMs?: number
  failures: number
  /** Sends in a row that got no answer. */
  silences?: number
  /** The server's own sentence: each page tries once, and leaves what waits to the next one. */
  refused?: string
}

/** How the server takes a POST, and when that was learnt; shared by all tabs through the journal. */
export interface PostWayNote {
  way: PostWay
  atMs: number
}

/** Of a report that was on its way when its page went: for how long, the last known round trip, whether the machine was online, when there last was a limit, and whether it was sent before anybody knew how the server takes a POST. */
export type FlightNote = [
  onItsWayMs: number,
  roundTripMs: number | null | undefined,
  online: boolean,
  limitedAtMs?: number | null,
  isTrial?: boolean,
]

/** A page visit as it waits. The token is the one it was made under. */
export interface VisitRecord extends Visit {
  token?: string
  rid?: string
  /** Put as its page went: no page will change it any more. */
  left?: boolean
}

/** A page the visitor is on; told again under the same id when it has settled. */
export interface Visit extends LaneRecord {
  href: string
  title: string
  /** The document in which address and title may still change; gone when they have settled. */
  open?: string
}

/** The copy of `livechat/config`, if there ever was one, and when the server was last asked for one. */
export interface StoredConfig extends Partial<ConfigCopy> {
  triedAt: number
  /** What came in place of a copy, the last time that none did. */
  reply?: Reply
}

/** A page that the visitor was on, as an agent is to read of it. */
export interface JourneyPage extends LaneRecord {
  href: string
  title: string
  /** How the visitor came to it from elsewhere: “from google.com, campaign spring-sale”. */
  source?: string
}

/** The visitor's last pages, the oldest first; shared by all tabs. */
export interface Journey {
  pages: JourneyPage[]
  /** The last source among pages that are in the list no more. */
  source?: string
  /** The room whose agent has been told. */
  toldRoomId?: string
}
