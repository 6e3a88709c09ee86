import { TagalongError, type ErrorCode, type Guest, type Visitor } from '../options'
import type { Answer, Clock, Lane, LaneOptions, Outcome, Storage, Tabs, Transport, Undo, VisitorPart, VisitorState, Waiting } from './contracts'
import { decodeVisitor, register } from './registration'

/** A wish to be registered, or to tell the server something new; kept until it is answered. */
interface Wish extends Waiting {
  guest: Guest
}

export interface VisitorParts {
  storage: Storage
  tabs: Tabs
  clock: Clock
  call: Transport['call']
  lane(options: LaneOptions<Wish>): Lane<Wish>
  newToken(): string
  newId(): { id: string; at: number }
  onRegistered(visitor: Visitor): void
  onIdentity(): void
  onRoom(roomId: string | undefined, before: string | undefined): void
  onRefused(field: string, says: string): void
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
}

const merged = (into: Guest, guest: Guest): Guest => {
  const given = Object.fromEntries(Object.entries(guest).filter(([, value]) => value !== undefined && value !== null)) as Guest
  return { ...into, ...given, ...(into.customFields || given.customFields ? { customFields: { ...into.customFields, ...given.customFields } } : {}) }
}
const flat = (guest: Guest): string => JSON.stringify(Object.entries(guest).sort().map(([key, value]) => [key, typeof value === 'object' ? Object.entries(value).sort() : value]))

/** Why a wish was not answered; it stays a wish. */
const unanswered = (answer: Answer): TagalongError =>
  answer.kind === 'limited'
    ? new TagalongError('limited', `The server is busy; it is asked again in ${Math.ceil(answer.retryAfterMs / 1000)} s.`, { retryAfterMs: answer.retryAfterMs, says: answer.says })
    : new TagalongError(navigator.onLine === false ? 'offline' : answer.kind === 'silent' && answer.why === 'timeout' ? 'timeout' : 'unreachable', 'The server cannot be reached; the visitor is registered as soon as it can.')

export const createVisitor = (parts: VisitorParts) => {
  const { storage, tabs, call } = parts
  const listeners = new Set<(state: VisitorState) => void>()
  const asked = new Map<string, { resolve(visitor: Visitor): void; reject(error: TagalongError): void }>()
  let known: VisitorState | undefined
  let reading: Promise<VisitorState> | undefined

  const accept = (state: VisitorState) => {
    const before = known
    known = state
    if (before && before.token !== state.token) parts.onIdentity()
    if (before && before.roomId !== state.roomId) parts.onRoom(state.roomId, before.roomId)
    listeners.forEach((listener) => listener(state))
    return state
  }
  const change = async (how: (old: VisitorState) => VisitorState): Promise<VisitorState> => {
    const state = await storage.update<VisitorState>('visitor', (old) => how(old ?? { token: parts.newToken() }))
    tabs.say('visitor')
    return accept(state as VisitorState)
  }
  const read = async () => accept((await storage.update<VisitorState>('visitor', (old) => old ?? { token: parts.newToken() })) as VisitorState)
  const state = () => (known ? Promise.resolve(known) : (reading ??= read()))

  const finish = (ids: string[], how: { visitor: Visitor } | { error: TagalongError }) =>
    ids.forEach((id) => {
      const waiter = asked.get(id)
      asked.delete(id)
      if ('visitor' in how) waiter?.resolve(how.visitor)
      else waiter?.reject(how.error)
    })

  /** A token from elsewhere is asked after before it is used: whoever it belongs to is already registered. */
  const takeToken = async (token: string): Promise<Answer | undefined> => {
    const answer = await call('GET', `livechat/visitor/${encodeURIComponent(token)}`)
    if (answer.kind === 'ok' || (answer.kind === 'refused' && answer.status === 400)) {
      const found = answer.kind === 'ok' ? decodeVisitor(answer.body) : undefined
      await change((old) => (old.token === token ? { ...old, visitor: found?.visitor ?? old.visitor } : { token, visitor: found?.visitor }))
      return undefined
    }
    return answer
  }

  const deliver = async (wish: Wish): Promise<Outcome> => {
    const wishes = await lane.waiting()
    const ids = wishes.map(({ id }) => id)
    const later = (answer: Answer): Outcome => {
      finish(ids, { error: unanswered(answer) })
      return answer.kind === 'limited' ? { kind: 'later', ms: answer.retryAfterMs, limited: true } : { kind: 'later', silent: answer.kind === 'silent' }
    }
    const { token: given, ...wished } = wishes.reduce<Guest>((all, { guest }) => merged(all, guest), wish.guest)
    if (given && (await state()).token !== given) {
      const answer = await takeToken(given)
      if (answer) return later(answer)
    }
    const { token, visitor, told } = await state()
    const guest = merged(told ?? {}, wished)
    if (visitor && flat(guest) === flat(told ?? {})) {
      finish(ids, { visitor })
      return { kind: 'delivered' }
    }
    const answer = await register(call, token, guest, parts.onRefused)
    if (answer.kind === 'registered') {
      await change((old) =>
        old.token !== token ? old : { ...old, token: answer.token, visitor: answer.visitor, told: guest, ...(answer.token === token ? {} : { became: { ...old.became, [token]: answer.token } }) },
      )
      parts.onRegistered(answer.visitor)
      finish(ids, { visitor: answer.visitor })
      tabs.say('answered', { ids, visitor: answer.visitor })
      return { kind: 'delivered' }
    }
    if (answer.kind === 'refused' && (answer.status === 400 || answer.status === 422)) {
      const error = { code: 'refused' as ErrorCode, serverCode: answer.code, says: answer.says }
      finish(ids, { error: new TagalongError('refused', answer.says, error) })
      tabs.say('answered', { ids, error })
      return { kind: 'never', code: answer.code, says: answer.says }
    }
    return later(answer)
  }
  const lane = parts.lane({ name: 'register', deliver })

  const put = async (guest: Guest): Promise<string> => {
    const { id, at } = parts.newId()
    await lane.put({ id, at, guest })
    return id
  }

  const undo: Undo[] = [
    tabs.observe('visitor', parts.guard(() => void read())),
    tabs.observe('answered', parts.guard((said) => {
      const { ids, visitor, error } = said as { ids: string[]; visitor?: Visitor; error?: { serverCode: string; says: string } }
      finish(ids, visitor ? { visitor } : { error: new TagalongError('refused', error?.says ?? '', error) })
    })),
  ]

  return {
    state,
    current: () => known,
    reread: read,
    observe(listener) {
      const guarded = parts.guard(listener)
      listeners.add(guarded)
      return () => listeners.delete(guarded)
    },
    async register(guest) {
      const { visitor, told, token } = await state()
      if (visitor && (!guest.token || guest.token === token) && flat(merged(told ?? {}, { ...guest, token: undefined })) === flat(told ?? {})) return visitor
      const { id, at } = parts.newId()
      const answered = new Promise<Visitor>((resolve, reject) => asked.set(id, { resolve, reject }))
      answered.catch(() => undefined)
      await lane.put({ id, at, guest })
      return answered
    },
    async again() {
      const { told } = await change(({ visitor: _gone, told: before, ...rest }) => ({ ...rest, told: before }))
      await put(told ?? {})
    },
    async setRoom(roomId) {
      if ((await state()).roomId !== roomId) await change((old) => ({ ...old, roomId }))
    },
    /** The next person of this browser. */
    renew: (keep: Partial<VisitorState> = {}) => change((old) => ({ token: parts.newToken(), became: old.became, ...keep })),
    lane,
    /** As before the first visit. */
    unlearn() {
      known = undefined
      reading = undefined
    },
    stop: () => undo.forEach((run) => run()),
  } satisfies VisitorPart & Record<string, unknown>
}
