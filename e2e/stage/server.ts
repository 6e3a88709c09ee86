import type { Backend, Entry, Fault } from '../backend/index.ts'
import type { Call, Visit } from '../testing/contracts.ts'
import { createDoor } from '../testing/door.ts'

/** The livechat server of a test, with the control door's verbs. */
export interface Server extends Backend {
  /** Where the built files are. */
  cdn: string
  /** Any call at the control door; what it answers with is the caller's claim. */
  do<Answer = never>(method: string, path: string, body?: unknown): Promise<Answer>
  /** Every call whose method and path contain `match`, preflights left out unless asked for. */
  ledger(match?: string, preflights?: boolean): Promise<Entry[]>
  visits(): Promise<Visit[]>
  calls(): Promise<Call[]>
  /** The texts that are stored, room by room, in the server's order. */
  said(): Promise<string[]>
  faults(...faults: Fault[]): Promise<void>
  settings(settings: Record<string, unknown>): Promise<void>
  agent(action: Record<string, unknown>): Promise<never>
  /** Pulled, the livechat port really closes; without it the same port opens again. */
  plug(pulled: boolean): Promise<void>
}

export const createServer = (backend: Backend): Server => {
  const { ask, visits, calls, rooms, messages, faults, settings, agent, ledger } = createDoor(backend.control)
  return {
    ...backend,
    cdn: `${backend.origin}/cdn`,
    do: ask,
    ledger: async (match = '', preflights = false) =>
      (await ledger()).filter(
        ({ method, path }) => (preflights || method !== 'OPTIONS') && `${method} ${path}`.includes(match),
      ),
    visits,
    calls,
    async said() {
      const lists = await Promise.all((await rooms()).map(({ _id }) => messages(_id)))
      return lists
        .flat()
        .filter(({ t }) => !t)
        .map(({ msg }) => msg)
    },
    faults,
    settings,
    agent,
    plug: (pulled) => (pulled ? faults({ plug: true }) : faults()),
  }
}

/** The trail as agents read it: address below the site, and title. */
export const trail = async (server: Pick<Server, 'visits'>, site: { origin: string }): Promise<string[]> =>
  (await server.visits()).map(({ href, title }) => `${href.replace(site.origin, '')} ${title}`.trim())
