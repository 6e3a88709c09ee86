import type { Backend, Entry, Fault } from '../backend/index.ts'

interface PageInfo {
  change: string
  title: string
  location: { href: string }
}

/** A page view as the server keeps it. */
export interface StoredVisit {
  href: string
  title: string
  change: string
  token: string
  rid?: string
}

/** The livechat server of a test, with the control door's verbs. */
export interface Server extends Backend {
  /** Where the built files are. */
  cdn: string
  /** Any call at the control door; what it answers with is the caller's claim. */
  do<Answer = never>(method: string, path: string, body?: unknown): Promise<Answer>
  /** Every call whose method and path contain `match`, preflights left out unless asked for. */
  ledger(match?: string, preflights?: boolean): Promise<Entry[]>
  visits(): Promise<StoredVisit[]>
  /** The texts that are stored, room by room, in the server's order. */
  said(): Promise<string[]>
  faults(...faults: Fault[]): Promise<void>
  settings(settings: Record<string, unknown>): Promise<void>
  agent(action: Record<string, unknown>): Promise<never>
  /** Pulled, the livechat port really closes; without it the same port opens again. */
  plug(pulled: boolean): Promise<void>
}

export const createServer = (backend: Backend): Server => {
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${backend.control}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as Answer
  }
  return {
    ...backend,
    cdn: `${backend.origin}/cdn`,
    do: ask,
    async ledger(match = '', preflights = false) {
      const { entries } = await ask<{ entries: Entry[] }>('GET', 'ledger')
      return entries.filter(
        ({ method, path }) => (preflights || method !== 'OPTIONS') && `${method} ${path}`.includes(match),
      )
    },
    async visits() {
      const { visits } = await ask<{ visits: { rid?: string; navigation: { token: string; page: PageInfo } }[] }>(
        'GET',
        'visits',
      )
      return visits.map(({ rid, navigation: { token, page } }) => ({
        href: page.location.href,
        title: page.title,
        change: page.change,
        token,
        ...(rid ? { rid } : {}),
      }))
    },
    async said() {
      const { rooms } = await ask<{ rooms: { _id: string }[] }>('GET', 'rooms')
      const lists = await Promise.all(
        rooms.map(({ _id }) => ask<{ messages: { t?: string; msg: string }[] }>('GET', `messages?rid=${_id}`)),
      )
      return lists
        .flatMap(({ messages }) => messages)
        .filter(({ t }) => !t)
        .map(({ msg }) => msg)
    },
    faults: (...faults) => ask('PUT', 'faults', faults),
    settings: (settings) => ask('PUT', 'settings', settings),
    agent: (action) => ask('POST', 'agent', action),
    plug: (pulled) => ask('PUT', 'faults', pulled ? { plug: true } : {}),
  }
}

/** The trail as agents read it: address below the site, and title. */
export const trail = async (server: Pick<Server, 'visits'>, site: { origin: string }): Promise<string[]> =>
  (await server.visits()).map(({ href, title }) => `${href.replace(site.origin, '')} ${title}`.trim())
