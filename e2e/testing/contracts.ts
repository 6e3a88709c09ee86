/** What the testing kit hands to other people's tests. Nothing here names a part of the server, so that these types stand alone in the package. */

/**
 * How a livechat server is started.
 *
 * @example
 * await createLivechat({ settings: { registrationForm: true, departments: [{ _id: 'sales', name: 'Sales' }] } })
 */
export interface LivechatOptions {
  /** Of the livechat server; the desk and the widget's files then lie on the port after it. Free ones unless told. */
  port?: number
  /**
   * How the server is set up: what Rocket.Chat publishes in `livechat/config` (`online`, `registrationForm`, `departments`, `customFields`, …), and
   * what only the server knows (`cors`, `limiter`, `routing`, …). All else is as Rocket.Chat 8 is installed, with livechat switched on.
   */
  settings?: Record<string, unknown>
}

/**
 * A page view as the server keeps it.
 *
 * @example
 * const [{ href, title }] = await livechat.visits()
 */
export interface Visit {
  href: string
  title: string
  /** What was monitored: `url` or `title`. */
  change: string
  /** The visitor's. */
  token: string
  /** When the server stored it, in milliseconds since 1970. */
  at: number
  /** Of the conversation it belongs to, where there is one. */
  roomId?: string
}

/**
 * One call that the server heard, preflights among them.
 *
 * @example
 * expect(await livechat.calls()).toEqual([]) // nobody has agreed to anything yet
 */
export interface Call {
  method: string
  path: string
  /** Undefined when the call was cut off before it was acted on, or still waits. */
  status: number | undefined
  at: number
}

/**
 * What was said in a conversation.
 *
 * @example
 * expect((await livechat.desk.messages()).at(-1)).toMatchObject({ from: 'visitor', text: 'Hello' })
 */
export interface DeskMessage {
  from: 'visitor' | 'agent'
  text: string
  at: number
}

/**
 * Which conversation an agent works in.
 *
 * @example
 * const { token } = await livechat.desk.take()
 */
export interface Conversation {
  roomId: string
  /** The visitor's. */
  token: string
}

/**
 * An agent who answers. Every verb is about the newest open conversation, and waits up to five seconds for one to be there.
 *
 * @example
 * await livechat.desk.hear('Hello')
 * await livechat.desk.say('How can I help?')
 */
export interface Desk {
  /** The desk's page, to be opened in a browser by whoever wants to see what goes on. */
  url: string
  /** Takes the conversation, if nobody serves it yet. */
  take(): Promise<Conversation>
  /** Waits until the visitor has written this. */
  hear(text: string | RegExp, patience?: Patience): Promise<DeskMessage>
  /** Takes the conversation, if nobody serves it yet, and writes into it. */
  say(text: string): Promise<void>
  /** Ends the conversation. */
  end(): Promise<void>
  /** What was said in the newest conversation, an ended one too, oldest first; nothing when there is none. */
  messages(): Promise<DeskMessage[]>
}

/**
 * Something that goes wrong until it is ended.
 *
 * @example
 * const outage = await livechat.outage()
 * await page.goto('/shoes')
 * await outage.end()
 */
export interface Trouble {
  end(): Promise<void>
}

/**
 * A visit that is expected: its address, or whatever is to be checked of it. A text that begins with `/` is compared with the address below
 * its origin; any other is the whole address.
 *
 * @example
 * const expected: ExpectedVisit[] = ['/', /shoes\?size=\d+$/, { href: '/cart', title: 'Your cart' }]
 */
export type ExpectedVisit =
  | string
  | RegExp
  | { href?: string | RegExp; title?: string | RegExp; change?: string; token?: string; roomId?: string }

/**
 * How long something is waited for: five seconds unless told. In Playwright, `toHaveVisits` waits as long as its other matchers.
 *
 * @example
 * await livechat.expectVisits(['/'], { timeoutMs: 20_000 })
 */
export interface Patience {
  timeoutMs?: number
}

/**
 * A livechat server of your own, for one test or for many.
 *
 * @example
 * const livechat = await createLivechat()
 * await page.setContent(livechat.tag())
 * await livechat.expectVisits([{ title: '' }])
 * await livechat.stop()
 */
export interface Livechat {
  /** What `data-server`, or `server`, is to be. */
  origin: string
  /** Where `tagalong.js` of this very package lies, with its chunks beside it. It goes on being there through an outage. */
  script: string
  /** A small shop to try the widget on, with the desk beside it. */
  demo: string
  /** The line for your page, with further attributes where you want some: `tag('data-tracking="consent"')`. */
  tag(attributes?: string): string
  /** What visitors looked at, in the order the server heard it. */
  visits(): Promise<Visit[]>
  /** Waits until exactly these visits have arrived, in this order; throws an AssertionError that says what has arrived instead. */
  expectVisits(expected: ExpectedVisit[], patience?: Patience): Promise<void>
  /** Every call of the widget, in the order the server heard them. */
  calls(): Promise<Call[]>
  desk: Desk
  /** Nobody listens on the server's port any more, and open connections are cut. */
  outage(): Promise<Trouble>
  /** The rate limiter lets only so many calls through in each window, for each route; without words none at all, in windows of a second. */
  limit(limit?: { calls?: number; windowMs?: number }): Promise<Trouble>
  /** Changes how the server is set up. */
  settings(change: Record<string, unknown>): Promise<void>
  /** Forgets all that is stored and heard, ends all that goes wrong, and is set up as at the start. */
  reset(): Promise<void>
  stop(): Promise<void>
}
