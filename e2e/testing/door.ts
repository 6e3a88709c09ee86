import type { Entry, Fault } from '../backend/index.ts'
import type { Call, Visit } from './contracts.ts'

interface StoredVisit {
  ts: string
  rid?: string
  navigation: { token: string; page: { change: string; title: string; location: { href: string } } }
}

export interface StoredRoom {
  _id: string
  open?: boolean
  servedBy?: { username: string }
  v: { token: string }
}

export interface StoredMessage {
  /** What is no message of anybody's has a type. */
  t?: string
  msg: string
  ts: string
  /** Of the visitor, where the visitor has written it. */
  token?: string
}

/** The control door of an embedded server, as tests speak to it. */
export interface Door {
  /** Any call at the door; what it answers with is the caller's claim. What is refused throws the door's own sentence. */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>
  ledger(): Promise<Entry[]>
  /** The ledger in short. */
  calls(): Promise<Call[]>
  visits(): Promise<Visit[]>
  rooms(): Promise<StoredRoom[]>
  messages(roomId: string): Promise<StoredMessage[]>
  faults(...faults: Fault[]): Promise<void>
  settings(change: Record<string, unknown>): Promise<void>
  agent<Answer>(action: Record<string, unknown>): Promise<Answer>
  reset(): Promise<void>
}

/** `control` is what the backend says it is: its address begins with the token that opens the door. */
export const createDoor = (control: string): Door => {
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${control}/control/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch((cause: unknown) => {
      throw new Error('The livechat server does not answer any more: it has been stopped.', { cause })
    })
    // The door answers JSON alone, and a sentence as `error` where it refuses.
    const answer = (await response.json()) as Answer & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? `${method} ${path}: ${response.status}`)
    return answer
  }
  const ledger = async () => (await ask<{ entries: Entry[] }>('GET', 'ledger')).entries
  return {
    ask,
    ledger,
    calls: async () =>
      (await ledger()).map(({ method, path, status, at }) => ({ method, path, status: status ?? undefined, at })),
    async visits() {
      const { visits } = await ask<{ visits: StoredVisit[] }>('GET', 'visits')
      return visits.map(({ ts, rid, navigation: { token, page } }) => ({
        href: page.location.href,
        title: page.title,
        change: page.change,
        token,
        at: Date.parse(ts),
        ...(rid ? { roomId: rid } : {}),
      }))
    },
    rooms: async () => (await ask<{ rooms: StoredRoom[] }>('GET', 'rooms')).rooms,
    messages: async (roomId) =>
      (await ask<{ messages: StoredMessage[] }>('GET', `messages?rid=${encodeURIComponent(roomId)}`)).messages,
    faults: (...faults) => ask('PUT', 'faults', faults),
    settings: (change) => ask('PUT', 'settings', change),
    agent: (action) => ask('POST', 'agent', action),
    reset: () => ask('POST', 'reset'),
  }
}
