/** What a visitor becomes beyond a token: registered, updated, registered again where the server has lost the token. */
import { TagalongError, type Guest, type Visitor } from '../options'
import type { Verdict } from '../tracking/contracts'
import type { Answer } from '../wire/answer'
import { isObject, toJson } from '../wire/json'
import type { Registration, RegistrationParts, RegistrationRecord } from './contracts'
import type { Transport } from '../browser/ports'
import { register } from './register'

/** A merged guest: later facts win, custom fields one by one. */
const merged = (into: Guest, guest: Guest): Guest => {
  const given = Object.fromEntries(Object.entries(guest).filter(([, value]) => value != null)) as Guest
  return {
    ...into,
    ...given,
    ...((into.customFields || given.customFields) && { customFields: { ...into.customFields, ...given.customFields } }),
  }
}
const flat = (value: unknown): string =>
  isObject(value)
    ? toJson(
        Object.entries(value)
          .sort()
          .map(([key, inner]) => [key, flat(inner)]),
      )
    : String(value)

const refusal = (answer: Exclude<Answer, { kind: 'ok' }>, then: string): TagalongError => {
  if (answer.kind === 'refused')
    return new TagalongError('refused', answer.says, { serverCode: answer.code, says: answer.says })
  if (answer.kind === 'limited')
    return new TagalongError('limited', `The server is busy: ${then}`, {
      retryAfterMs: answer.retryAfterMs,
      says: answer.says,
    })
  const code =
    navigator.onLine === false
      ? 'offline'
      : answer.kind === 'silent' && answer.why === 'timeout'
        ? 'timeout'
        : 'unreachable'
  return new TagalongError(code, `The server cannot be reached: ${then}`)
}

const final = (answer: Answer) => answer.kind === 'refused' && (answer.status === 400 || answer.status === 422)

const fetchIdentity = () => import('./identity')

export const createRegistration = (parts: RegistrationParts): Registration => {
  const { storage, tabs, settings, visitor, call, newId, guard, onRegistered, lane: newLane } = parts
  const asked = new Map<string, (how: Visitor | TagalongError) => void>()
  const finish = (ids: string[], how: Visitor | TagalongError) =>
    ids.forEach((id) => {
      asked.get(id)?.(how)
      asked.delete(id)
    })

  /** Why nobody may be registered now: livechat is off, or the server demands a consent that was not given. */
  const forbidden = async (): Promise<'disabled' | 'no-consent' | 'unknown' | undefined> => {
    const copy = (await settings.cached()) ?? (await settings.fresh(0))
    if (!copy) return 'unknown'
    if (copy.config.enabled === false) return 'disabled'
    const set = copy.config.settings
    return isObject(set) && set.forceAcceptDataProcessingConsent === true && !(await storage.get('chat/consent'))
      ? 'no-consent'
      : undefined
  }

  const deliver = async (wish: RegistrationRecord): Promise<Verdict> => {
    const wishes = await lane.waiting()
    const ids = wishes.map(({ id }) => id)
    const later = (answer: Exclude<Answer, { kind: 'ok' }>): Verdict => {
      finish(ids, refusal(answer, 'the visitor is registered as soon as it answers.'))
      return answer.kind === 'limited'
        ? { kind: 'wait', ms: answer.retryAfterMs, limited: true }
        : { kind: 'wait', silent: answer.kind === 'silent' }
    }
    const why = await forbidden()
    if (why === 'unknown') return later({ kind: 'silent', why: 'unreachable' })
    if (why) {
      finish(
        ids,
        new TagalongError(
          why,
          why === 'disabled'
            ? 'Livechat is switched off on the server.'
            : 'The server demands the visitor’s consent first; the wish is kept.',
        ),
      )
      return { kind: 'hold' }
    }
    const { token: given, ...wished } = wishes.reduce<Guest>((all, { guest }) => merged(all, guest), wish.guest)
    if (given && (await visitor.state()).token !== given) {
      const answer = await (await fetchIdentity()).takeToken(parts, given)
      if (answer) return later(answer)
    }
    const { token, visitor: registered, told = {} } = await visitor.state()
    const guest = merged(told, wished)
    if (registered && flat(guest) === flat(told)) {
      finish(ids, registered)
      return { kind: 'done' }
    }
    let answer = await register(call, token, guest)
    if (answer.kind === 'refused') answer = await (await fetchIdentity()).registerWithout(answer, parts, token, guest)
    if (answer.kind === 'registered') {
      await visitor.change((old) =>
        old.token !== token
          ? old
          : {
              ...old,
              token: answer.token,
              visitor: answer.visitor,
              told: guest,
              became: answer.token === token ? old.became : { ...old.became, [token]: answer.token },
            },
      )
      onRegistered(answer.visitor)
      finish(ids, answer.visitor)
      tabs.post('answered', { ids, visitor: answer.visitor })
      return { kind: 'done' }
    }
    if (answer.kind !== 'refused' || !final(answer)) return later(answer)
    finish(ids, refusal(answer, ''))
    tabs.post('answered', { ids, code: answer.code, says: answer.says })
    return { kind: 'drop', code: answer.code, says: answer.says }
  }
  const lane = newLane({ name: 'register', deliver })

  tabs.observe(
    'answered',
    guard((said) => {
      const {
        ids,
        visitor: found,
        code,
        says = '',
      } = said as { ids: string[]; visitor?: Visitor; code?: string; says?: string }
      finish(ids, found ?? new TagalongError('refused', says, { serverCode: code, says }))
    }),
  )
  // The other tab may have heard that the visitor agrees.
  tabs.observe('consented', lane.wake)

  /** A token the server has lost is registered again, once, and what was asked is asked again. */
  let renewed = false
  return {
    async register(guest: Guest): Promise<Visitor> {
      const { visitor: registered, told = {}, token } = await visitor.state()
      const { token: given = token, ...rest } = guest
      if (registered && given === token && flat(merged(told, rest)) === flat(told)) return registered
      const { id, at } = newId()
      const answered = new Promise<Visitor>((resolve, reject) =>
        asked.set(id, (how) => (how instanceof TagalongError ? reject(how) : resolve(how))),
      )
      answered.catch(() => {})
      await lane.put({ id, at, guest })
      lane.wake()
      return answered
    },
    async call(...[method, path, more = {}]: Parameters<Transport['call']>): Promise<Answer> {
      const answer = await call(method, path, more)
      if (answer.kind !== 'refused' || answer.code !== 'invalid-token' || renewed || !visitor.current()?.visitor)
        return answer
      renewed = true
      const { told = {} } = await visitor.change(({ visitor: _lost, ...rest }) => rest)
      await lane.put({ ...newId(), guest: told })
      return answer
    },
    reset: async () => (await fetchIdentity()).reset(parts),
    async forget() {
      const answer = await (await fetchIdentity()).forget(parts)
      if (answer) throw refusal(answer, 'nothing was deleted, try again later.')
    },
  }
}
