/** What a host sees: options, events, codes, and the objects it holds. The sentence for each code is in `diagnosis/sentences.ts`. */

/**
 * What is known of a person, given by the host or by the visitor.
 *
 * @example
 * chat.identify({ name: 'Ada', email: 'ada@example.com', customFields: { plan: 'gold' } })
 */
export interface Guest {
  /** A visitor token that your own backend has issued; the server is asked whether it knows it. */
  token?: string
  name?: string
  /** Pass only what you have verified: Rocket.Chat makes one visitor of two that share an address or a phone number. */
  email?: string
  phone?: string
  /** The id or the name of a department. */
  department?: string
  /** By the ids of custom fields that exist on the server. */
  customFields?: Record<string, string>
}

/**
 * The visitor as the server knows them.
 *
 * @example
 * const { visitorId, username } = await chat.identify({ name: 'Ada' })
 */
export interface Visitor {
  visitorId: string
  /** What the server calls them: `guest-7`. */
  username: string
  name?: string
  email?: string
  phone?: string
  department?: string
}

/**
 * When page visits are reported: from the first page on, from the first opening of the chat on, after `consent(true)`, or never.
 *
 * @example
 * createTagalong({ server: 'https://chat.example.com', tracking: 'on-open' })
 */
export type Tracking = 'immediate' | 'on-open' | 'consent' | 'off'

/**
 * Colours (of CSS) and titles in place of the server's. What is left out stays as the server has it.
 *
 * @example
 * chat.update({ appearance: { accent: '#0a7d55', onAccent: '#fff', title: 'Ask us' } })
 */
export interface Appearance {
  /** Launcher, header, and own messages. */
  accent?: string
  /** Text on the accent; by default white or black, whichever can be read. */
  onAccent?: string
  /** The picture on the launcher. */
  icon?: string
  /** In the header; while no agent is online, the second. */
  title?: string
  offlineTitle?: string
  /** Behind the messages: any CSS background. */
  background?: string
  /** The ground of the visitor's messages, and of everybody else's. */
  visitorMessage?: string
  agentMessage?: string
  /** `false`: no pictures beside messages. */
  avatars?: boolean
}

/**
 * By Rocket.Chat's own names: an agent has joined or left, the conversation was closed, started or transferred.
 *
 * @example
 * const hiddenNotes: HiddenNote[] = ['uj', 'ul']
 */
export type HiddenNote = 'uj' | 'ul' | 'livechat-close' | 'livechat-started' | 'livechat_transfer_history'

/**
 * What a host may say. On a script tag, everything that can be a text is an attribute: `zIndex` is `data-z-index`.
 *
 * @example
 * createTagalong({ server: 'https://chat.example.com', theme: 'dark', position: 'start' })
 */
export interface Options {
  /**
   * Address of the Rocket.Chat-compatible server. May be relative to the page, and may lie in a folder.
   * @example { server: 'https://chat.example.com' }
   */
  server: string
  /**
   * When page visits are reported. By default `immediate`: from the first page on.
   * @example { server, tracking: 'consent' } // nothing is stored and no request is made before consent(true)
   */
  tracking?: Tracking
  /**
   * Pages that are never reported: path prefixes, or regular expressions tested on path and query.
   * @example { server, ignore: ['/admin', /[?&]preview=/] } // data-ignore="/admin /[?&]preview=/"
   */
  ignore?: (string | RegExp)[]
  /**
   * Rewrites an address before it is stored; return `null` to skip the page.
   * @example { server, sanitizeUrl: (href) => href.split('?')[0] ?? null }
   */
  sanitizeUrl?: (href: string) => string | null
  /**
   * What is taken out of addresses before they are stored: `secrets`, which are known by their names, by default. `strict`: also what looks like an
   * e-mail address, a key, an id or a telephone number, in titles as well; a `*` stands in its place, and pages that differ in nothing else are one.
   * @example { server, redact: 'strict' }
   */
  redact?: 'secrets' | 'strict'
  /**
   * Who the visitor is, where you know it already.
   * @example { server, guest: { name: 'Ada', email: 'ada@example.com' } }
   */
  guest?: Guest
  /**
   * The department that conversations go to: its id or its name.
   * @example { server, department: 'Sales' }
   */
  department?: string
  /**
   * The colours: those of the system by default (`auto`).
   * @example { server, theme: 'dark' }
   */
  theme?: 'auto' | 'light' | 'dark'
  /**
   * In which corner of the page the launcher is, by the direction of the text: `end` is on the right in English; `left` and `right` whatever the
   * direction.
   * @example { server, position: 'start' }
   */
  position?: 'end' | 'start' | 'left' | 'right'
  /**
   * Colours and titles in place of those that the server's administrator has chosen.
   * @example chat.update({ appearance: { accent: '#0a7d55', title: 'Ask us' } })
   */
  appearance?: Appearance
  /**
   * Distance of the launcher from the corner, in pixels: along the line of text, then across it. By default 20 and 20.
   * @example { server, offset: [24, 96] } // data-offset="24 96"
   */
  offset?: [inline: number, block: number]
  /**
   * The stacking order of the widget on the page, by default 99999.
   * @example { server, zIndex: 10 }
   */
  zIndex?: number
  /**
   * `false` shows no button; a selector or an element makes that element the button.
   * @example { server, launcher: '#help' }
   */
  launcher?: boolean | string | Element
  /**
   * The language of the widget; by default the page's (`<html lang>`), then the browser's.
   * @example { server, language: 'de' }
   */
  language?: string
  /**
   * Whether a sound tells of new messages; by default it does.
   * @example { server, sound: false }
   */
  sound?: boolean
  /**
   * Whether the title of the page shows how many messages are unread; by default it does not.
   * @example { server, titleBadge: true } // “(2) Shoes”
   */
  titleBadge?: boolean
  /**
   * Bounds of what waits to be sent: 1000 records and 7 days by default.
   * @example { server, queue: { records: 200, days: 2 } } // data-queue-records="200" data-queue-days="2"
   */
  queue?: { records?: number; days?: number }
  /**
   * Do Not Track and Global Privacy Control are read as “ask for consent first”.
   * @example { server, honorPrivacySignals: true }
   */
  honorPrivacySignals?: boolean
  /**
   * Which pictures, sounds and films in a conversation are fetched before the visitor asks for them with a click: those on the server's own origin
   * (`'same-origin'`, the default), those at any https address, or none (`'click'`). Avatars and the logo come from the server's own origin, or with
   * `'https'` from any.
   * @example createTagalong({ server: 'https://chat.example.com', media: 'https' })
   */
  media?: 'same-origin' | 'https' | 'click'
  /**
   * What becomes of the launcher while the chat cannot work: hidden, a way to an address, or your own function.
   * @example { server, whenUnavailable: 'mailto:help@shop.example' }
   */
  whenUnavailable?: 'hide' | (string & {}) | ((reason: UnavailableReason) => void)
  /**
   * `false`: the visitor is not asked by the server's form before a conversation.
   * @example chat.update({ prechatForm: false })
   */
  prechatForm?: boolean
  /**
   * Who is to answer the next conversation that begins, if that agent is there: by id and username. Forgotten when the department changes.
   * @example chat.update({ agent: { id: 'rbAXPnMktTFbNpwtJ', username: 'ana' } })
   */
  agent?: { id: string; username: string }
  /**
   * Of a server with business units: the unit whose departments are offered. An empty text: all.
   * @example chat.update({ businessUnit: '5f8d0d55b54764421b7156c9' })
   */
  businessUnit?: string
  /**
   * Sees each message of an agent or a bot before it is shown, also those of earlier pages. A text it returns stands in for the message's, `false`
   * hides the message, anything else leaves it as it is.
   * @example { server, beforeMessage: ({ text }) => text.replaceAll('ACME-OLD', 'ACME') }
   */
  beforeMessage?: (message: {
    id: string
    from: 'agent' | 'bot'
    text: string
    at: number
  }) => string | false | undefined | void
  /**
   * What is shown of an agent's name: all of it (the default), the first word, or the name of the department in its place.
   * @example { server, agentName: 'first' } // data-agent-name="first"
   */
  agentName?: 'full' | 'first' | 'department'
  /**
   * Notes between the messages that are not shown, besides those that the server's administrator hides.
   * @example chat.update({ hiddenNotes: ['uj', 'ul'] })
   */
  hiddenNotes?: HiddenNote[]
  /**
   * What the server's triggers tell to a service of the administrator's own, beside the custom fields of `guest`.
   * @example chat.update({ metadata: { cart: '3 items' } })
   */
  metadata?: Record<string, string>
  /**
   * The address that the server's triggers go by, where it is another than that of the page.
   * @example chat.update({ triggerUrl: 'https://shop.example/checkout' })
   */
  triggerUrl?: string
  /**
   * The visitor's last pages, for the agent: when a conversation begins, they are written into this custom field of the server as one readable
   * text. `pages`: how many, by default 10, and 50 at most.
   * @example { server, context: { field: 'journey', pages: 5 } } // data-context-field="journey" data-context-pages="5"
   */
  context?: { field: string; pages?: number }
  /**
   * Logs internal errors, and each step of a visit, to the console.
   * @example { server, debug: true }
   */
  debug?: boolean
  /**
   * The folder of the chunks, or a file in it, when they do not lie beside the script.
   * @example { server, assets: 'https://cdn.example.com/tagalong/' }
   */
  assets?: string
}

/**
 * The stable name of what went wrong: of `TagalongError`, and of the event `error`.
 *
 * @example
 * chat.open().catch(({ code }) => code === 'ui-failed' && showPhoneNumber())
 */
export type ErrorCode =
  | 'no-server'
  | 'no-browser'
  | 'bad-option'
  | 'bad-call'
  | 'bad-pattern'
  | 'too-fast'
  | 'destroyed'
  | 'no-consent'
  | 'disabled'
  | 'no-agents'
  | 'offline'
  | 'unreachable'
  | 'blocked'
  | 'timeout'
  | 'limited'
  | 'refused'
  | 'ui-failed'

/**
 * Why the chat cannot work: the server does not answer, its answers may not be read by this page, livechat is switched off there, no agent is
 * online and there is no form to leave a message either, or a file of the widget could not be fetched.
 *
 * @example
 * chat.on('unavailable', ({ reason }) => reason === 'no-agents' && showOpeningHours())
 */
export type UnavailableReason = 'unreachable' | 'blocked' | 'disabled' | 'no-agents' | 'ui-failed'
/**
 * Why a visit is given up: the server refuses it for good, more wait than `queue.records`, or it is older than `queue.days`.
 * @example
 * chat.on('drop', ({ href, reason }) => console.warn('not reported', href, reason))
 */
export type DropReason = 'refused' | 'too-many' | 'too-old'
/**
 * A visit, as events tell of it.
 * @example
 * chat.on('visit', ({ href, title }) => console.log('stored', href, title))
 */
export type VisitDetail = { id: string; href: string; title: string }
/**
 * The agent who talks to the visitor.
 * @example
 * chat.on('agent', (agent) => console.log(agent?.name ?? 'nobody yet'))
 */
export type AgentDetail = { name: string; username: string; status?: string }
/**
 * How messages arrive: not yet, at once, by asking every few seconds, or not before the next try.
 * @example
 * chat.on('connection', ({ state }) => console.log(state))
 */
export type ConnectionState = 'connecting' | 'live' | 'polling' | 'waiting'

/**
 * Every event and its plain data. Each is also a `CustomEvent('tagalong:<event>')` on `document`.
 *
 * @example
 * chat.on('unread', ({ count }) => console.log(count))
 * document.addEventListener('tagalong:unread', ({ detail }) => console.log(detail.count))
 */
export interface Events {
  /** Tracking has begun. @example chat.on('ready', () => console.log('visits are noticed')) */
  ready: undefined
  /** The panel is on screen. @example chat.on('open', () => pauseVideo()) */
  open: undefined
  /** The panel is gone. @example chat.on('close', () => playVideo()) */
  close: undefined
  /** The widget is shown again. @example chat.on('show', () => moveCookieBanner()) */
  show: undefined
  /** The widget is hidden. @example chat.on('hide', () => restoreCookieBanner()) */
  hide: undefined
  /** A visit has settled and is stored. @example chat.on('visit', ({ href }) => console.log('stored', href)) */
  visit: VisitDetail
  /**
   * The server has taken a visit. `evidence`: its answer was lost with a page, and all that is known speaks for it.
   * @example chat.on('delivered', ({ href, evidence }) => console.log('reported', href, evidence ? 'as far as one can know' : ''))
   */
  delivered: VisitDetail & { evidence?: true }
  /** A visit is given up. @example chat.on('drop', ({ href, reason }) => console.warn(href, reason)) */
  drop: VisitDetail & { reason: DropReason; code?: string; says?: string }
  /** The server knows the visitor now. @example chat.on('registered', ({ visitorId }) => saveForCrm(visitorId)) */
  registered: { visitorId: string; username: string }
  /** The visitor's token has changed. @example chat.on('identity', () => console.log('somebody else')) */
  identity: Record<string, never>
  /** Something is wrong; `says` is what the console says. @example chat.on('error', ({ code, says }) => log(code, says)) */
  error: { code: ErrorCode; says: string }
  /** This was destroyed. @example chat.on('destroy', () => console.log('gone')) */
  destroy: undefined
  /** A conversation has begun. @example chat.on('chat-start', ({ roomId }) => console.log(roomId)) */
  'chat-start': { roomId: string }
  /** A conversation has ended. @example chat.on('chat-end', ({ roomId }) => console.log(roomId)) */
  'chat-end': { roomId: string }
  /** A message has come or was sent; `at` is in milliseconds. @example chat.on('message', ({ from, text }) => log(from, text)) */
  message: { id: string; from: 'visitor' | 'agent' | 'bot'; text: string; at: number }
  /**
   * One of the server's triggers greets the visitor; the visitor has followed the greeting into the chat, or sent it away. `name`: who greets.
   * @example chat.on('greeting', ({ state, text }) => state === 'clicked' && analytics.track('greeting followed', { text }))
   */
  greeting: { state: 'shown' | 'clicked' | 'dismissed'; id: string; text: string; name: string }
  /** How many messages wait to be read. @example chat.on('unread', ({ count }) => setBadge(count)) */
  unread: { count: number }
  /** Who talks to the visitor; undefined when nobody does. @example chat.on('agent', (agent) => console.log(agent?.name)) */
  agent: AgentDetail | undefined
  /** The visitor's place in the queue. @example chat.on('queue', ({ spot }) => console.log('place', spot)) */
  queue: { spot: number; waitSeconds?: number; text?: string }
  /** How messages arrive. @example chat.on('connection', ({ state }) => console.log(state)) */
  connection: { state: ConnectionState }
  /** Whether an agent is online. @example chat.on('online', ({ online }) => console.log(online)) */
  online: { online: boolean }
  /** The form before the conversation was sent, and the server knows the visitor. @example chat.on('form', ({ email }) => log(email)) */
  form: { name?: string; email?: string; department?: string }
  /** A message was left while no agent was online. @example chat.on('offline-message', ({ email, message }) => log(email, message)) */
  'offline-message': { name: string; email: string; department?: string; message: string }
  /** The chat cannot work. @example chat.on('unavailable', ({ reason }) => showPhoneNumber(reason)) */
  unavailable: { reason: UnavailableReason; says: string }
  /** The chat works again. @example chat.on('available', () => hidePhoneNumber()) */
  available: Record<string, never>
}
/**
 * The name of an event.
 * @example
 * const logged: EventName[] = ['visit', 'delivered', 'drop']
 * for (const name of logged) chat.on(name, (detail) => console.log(name, detail))
 */
export type EventName = keyof Events

/**
 * One line of `diagnose()`.
 * @example
 * for (const { name, ok, says } of await chat.diagnose()) console.log(ok ? '✓' : '✗', name, says)
 */
export interface Check {
  name: string
  ok: boolean
  /** Of a check that failed, or could not be made (`unchecked`). */
  code?: string
  says: string
}

/**
 * Tracking without a launcher, as `createTracker` makes it. Every promise settles: what fails, or was destroyed meanwhile, rejects with a
 * `TagalongError`; what you do not await never becomes your unhandled rejection.
 *
 * @example
 * const tracker = createTracker({ server: 'https://chat.example.com' })
 */
export interface Tracker {
  /** @example console.log(tracker.version) */
  readonly version: string
  /**
   * Settles when tracking has begun.
   * @example await tracker.ready
   */
  readonly ready: Promise<void>
  /**
   * Registers the visitor, or updates what the server knows of them.
   * @example const { visitorId } = await tracker.identify({ name: 'Ada', email: 'ada@example.com' })
   */
  identify(guest: Guest): Promise<Visitor>
  /**
   * Reports a page by hand; resolves when it is stored. Works with `tracking: 'off'`. With `change` only where the server keeps that kind of change.
   * @example await tracker.page({ href: '/checkout/step-2', title: 'Checkout, step 2' })
   */
  page(visit?: { href?: string; title?: string; change?: 'url' | 'title' }): Promise<void>
  /**
   * What the visitor has answered. `false` deletes all that is stored in this browser.
   * @example await tracker.consent(true)
   */
  consent(granted: boolean): Promise<void>
  /**
   * Calls the listener at every such event; returns its undo.
   * @example const stop = tracker.on('delivered', ({ href }) => console.log('reported', href))
   */
  on<E extends EventName>(event: E, listener: (detail: Events[E]) => void): () => void
  /**
   * The secret by which the server knows this browser; undefined before anything may be stored. Send it to your own backend only.
   * @example const token = await tracker.getVisitorToken()
   */
  getVisitorToken(): Promise<string | undefined>
  /**
   * The next user of this browser: a new token, and nothing left of the conversation. Visits that still wait leave under the old token.
   * @example signOut().then(() => tracker.reset())
   */
  reset(): Promise<void>
  /**
   * Deletes the visitor at the server and here, in every tab. Then all is as before a first visit: the page the visitor is on is a first page,
   * under a new token, unless `tracking` waits for consent or the first opening.
   * @example await tracker.forget()
   */
  forget(): Promise<void>
  /**
   * What works on this page for this visitor, and what does not, check by check.
   * @example console.table(await tracker.diagnose())
   */
  diagnose(): Promise<Check[]>
  /**
   * The same as a text to send to somebody who can help: no token, no page, no name is in it.
   * @example await navigator.clipboard.writeText(await tracker.diagnose({ text: true }))
   */
  diagnose(options: { text: true }): Promise<string>
  /**
   * Stops everything and leaves the page as it was found.
   * @example tracker.destroy()
   */
  destroy(): void
}

/**
 * The whole widget, as `createTagalong` makes it and the script tag hands it to `Tagalong((chat) => …)`.
 *
 * @example
 * const chat = createTagalong({ server: 'https://chat.example.com' })
 */
export interface Tagalong extends Tracker {
  /**
   * Opens the panel; settles when it is on screen.
   * @example helpLink.onclick = () => chat.open()
   */
  open(): Promise<void>
  /**
   * Closes the panel; settles when it is gone.
   * @example await chat.close()
   */
  close(): Promise<void>
  /**
   * Opens the panel, or closes it.
   * @example helpLink.onclick = () => chat.toggle()
   */
  toggle(): Promise<void>
  /**
   * Shows the widget again after `hide()`.
   * @example chat.show()
   */
  show(): void
  /**
   * Hides the launcher and the panel; visits are still reported.
   * @example chat.hide()
   */
  hide(): void
  /**
   * The visitor as the server knows them; undefined before they are registered.
   * @example const visitor = await chat.getVisitor()
   */
  getVisitor(): Promise<Visitor | undefined>
  /**
   * Tells the server one custom field, of the visitor or of the conversation, as the field is set up there. Waits until there is a visitor, and for
   * a field of the conversation until one runs. `overwrite: false` keeps what the server has already.
   * @example await chat.setCustomField('plan', 'gold')
   */
  setCustomField(id: string, value: string, options?: { overwrite?: boolean }): Promise<void>
  /**
   * Moves the running conversation to another department, by its id or name.
   * @example await chat.transfer('Sales')
   */
  transfer(department: string): Promise<void>
  /**
   * Sends a message as if the visitor had written it, in the running conversation or a new one; resolves when it is kept for sending. Rejects where
   * the visitor could not write either: before they have agreed, before the server's form, where no agent is online.
   * @example orderButton.onclick = () => chat.send('Where is order 1234?').then(() => chat.open())
   */
  send(text: string): Promise<void>
  /**
   * Puts words into the visitor's composer, to be changed and sent by them. What they have begun to write themselves stays.
   * @example chat.prefill('I need help with order 1234: ').then(() => chat.open())
   */
  prefill(text: string): Promise<void>
  /**
   * Tells that something has happened on the page. Triggers whose page address is set to `event:` and this name greet the visitor, and each value is
   * told as the custom field of that name.
   * @example await chat.trackEvent('cart-abandoned', { cart: '3 items' }) // a trigger with the page address event:cart-abandoned
   */
  trackEvent(name: string, data?: Record<string, string | number | boolean>): Promise<void>
  /**
   * Changes everything but `server`, `tracking` and `queue`. A new `guest` or `department` is told to the server at once, if it knows the visitor.
   * @example chat.update({ theme: 'dark', language: 'fr' })
   */
  update(options: Partial<Options>): void
}
