import { TagalongError, type Guest, type Visitor } from '../options'
import type { Verdict } from '../tracking/contracts'
import type { VisitorState } from '../tracking/stored'
import { chatConsentKey, registrationLane } from '../tracking/keys'
import type { Answer } from '../wire/answer'
import { isObject } from '../wire/json'
import type { Registration, RegistrationParts, RegistrationRecord } from './contracts'
import { isSameGuest, mergeGuests, withoutRefused } from './guest'
import { limitedForMs } from './limitedForMs'
import { createPendingCalls, type PendingCalls } from './pendingCalls'
import { register } from './register'

type Failure = Exclude<Answer, { kind: 'ok' }>

/** The server takes no calls for so long, or, with 0, is not there. */
const noAnswer = (retryAfterMs: number): Failure =>
  retryAfterMs ? { kind: 'limited', retryAfterMs, says: '' } : { kind: 'silent', why: 'unreachable' }

/** The error for the host. `consequence`: what becomes of its call. */
const errorOf = (answer: Failure, consequence = 'the visitor is registered as soon as it answers.'): TagalongError => {
  if (answer.kind === 'refused') {
    const { status, code, says } = answer
    const more = { serverCode: code, says }
    // A server that fails has refused nothing: it is asked again.
    return status < 500
      ? new TagalongError('refused', says, more)
      : new TagalongError('unreachable', `The server has failed: ${consequence}`, more)
  }
  if (answer.kind === 'limited')
    return new TagalongError('limited', `The server is busy: ${consequence}`, {
      retryAfterMs: answer.retryAfterMs,
      says: answer.says,
    })
  const isTimeout = answer.kind === 'silent' && answer.why === 'timeout'
  const code = navigator.onLine === false ? 'offline' : isTimeout ? 'timeout' : 'unreachable'
  return new TagalongError(code, `The server cannot be reached: ${consequence}`)
}

const fetchIdentity = () => import('./identity')

/** Whether a visitor may be registered now: livechat may be off, and the server may demand a consent that was not given. */
const registrability = async ({
  settings,
  storage,
}: RegistrationParts): Promise<'allowed' | 'disabled' | 'no-consent' | 'unknown'> => {
  const copy = (await settings.cached()) ?? (await settings.fresh(0))
  if (!copy) return 'unknown'
  const { enabled, settings: serverSettings } = copy.config
  if (enabled === false) return 'disabled'
  const needsConsent = isObject(serverSettings) && serverSettings.forceAcceptDataProcessingConsent === true
  return needsConsent && !(await storage.get(chatConsentKey)) ? 'no-consent' : 'allowed'
}

const holdReasons = {
  disabled: 'Livechat is switched off on the server.',
  'no-consent': 'The visitor must consent first; they are registered then.',
} as const

/** The visitor's state after the server has registered `sent`, who was told to it as `guest`, and has refused some fields of that. */
const registeredState = (
  old: VisitorState,
  sent: { token: string; guest: Guest; refused: Guest },
  answer: { token: string; visitor: Visitor },
): VisitorState => {
  // Somebody has reset the visitor while the answer was on its way.
  if (old.token !== sent.token) return old
  const { token, visitor } = answer
  const became = token === sent.token ? old.became : { ...old.became, [sent.token]: token }
  return { ...old, token, visitor, told: sent.guest, refused: sent.refused, became }
}

/** Delivers all registrations that wait as one: the facts of the later ones win. */
const createDeliver = (
  parts: RegistrationParts,
  pendingCalls: PendingCalls,
  waitingRecords: () => Promise<RegistrationRecord[]>,
): ((first: RegistrationRecord) => Promise<Verdict>) => {
  const { visitor, call, onRegistered } = parts

  const waitAfter = (ids: string[], answer: Failure): Verdict => {
    pendingCalls.settle(ids, errorOf(answer))
    return answer.kind === 'limited'
      ? { kind: 'wait', ms: answer.retryAfterMs, limited: true }
      : { kind: 'wait', silent: answer.kind === 'silent' }
  }

  return async (first) => {
    const records = await waitingRecords()
    const ids = records.map(({ id }) => id)
    const allowed = await registrability(parts)
    if (allowed === 'unknown') {
      return waitAfter(ids, noAnswer(await limitedForMs(parts.storage)))
    }
    if (allowed !== 'allowed') {
      pendingCalls.settle(ids, new TagalongError(allowed, holdReasons[allowed]))
      return { kind: 'hold' }
    }
    const { token: givenToken, ...facts } = records.reduce<Guest>(
      (all, { guest }) => mergeGuests(all, guest),
      first.guest,
    )
    if (givenToken && (await visitor.state()).token !== givenToken) {
      const failure = await (await fetchIdentity()).takeToken(parts, givenToken)
      if (failure) return waitAfter(ids, failure)
    }
    const { token, visitor: registered, told = {}, refused = {} } = await visitor.state()
    const guest = mergeGuests(told, facts)
    if (registered && isSameGuest(guest, told)) {
      pendingCalls.settle(ids, registered)
      return { kind: 'done' }
    }
    const accepted = withoutRefused(guest, refused)
    let answer = await register(call, token, accepted)
    let nowRefused: Guest = {}
    if (answer.kind === 'refused')
      ({ answer, refusedFields: nowRefused } = await (
        await fetchIdentity()
      ).registerWithout(answer, parts, token, accepted))
    if (answer.kind === 'registered') {
      const { token: newToken, visitor: newVisitor } = answer
      const sent = { token, guest, refused: { ...refused, ...nowRefused } }
      await visitor.change((old) => registeredState(old, sent, { token: newToken, visitor: newVisitor }))
      onRegistered(newVisitor)
      pendingCalls.settleEverywhere(ids, newVisitor)
      return { kind: 'done' }
    }
    const isFinal = answer.kind === 'refused' && (answer.status === 400 || answer.status === 422)
    if (answer.kind !== 'refused' || !isFinal) return waitAfter(ids, answer)
    pendingCalls.settleEverywhere(ids, errorOf(answer))
    return { kind: 'drop', code: answer.code, says: answer.says }
  }
}

/** What a visitor becomes beyond a token: registered, updated, and registered again where the server has lost the token. */
export const createRegistration = (parts: RegistrationParts): Registration => {
  const { tabs, visitor, call, clock, newId } = parts
  const pendingCalls = createPendingCalls(parts)
  const lane = parts.lane({
    name: registrationLane,
    deliver: createDeliver(parts, pendingCalls, () => lane.waiting()),
    onWait(wait) {
      if (wait) pendingCalls.refuse(errorOf(noAnswer(wait.limited ? wait.untilMs - clock.now() : 0)))
    },
  })
  /** A token the server has lost is registered again once in the life of a page: a server that loses it every time is not to be called for ever. */
  let isRenewed = false

  // Another tab has heard that the visitor agrees.
  tabs.observe('consented', lane.wake)

  return {
    async register(guest, isPatient) {
      const { visitor: registered, told = {}, token } = await visitor.state()
      const { token: givenToken = token, ...facts } = guest
      if (registered && givenToken === token && isSameGuest(mergeGuests(told, facts), told)) return registered
      const { id, at } = newId()
      const answer = pendingCalls.answerTo(id, isPatient)
      await lane.put({ id, at, guest })
      lane.wake()
      return answer
    },

    async call(method, path, options) {
      const answer = await call(method, path, options)
      const isTokenLost = answer.kind === 'refused' && answer.code === 'invalid-token'
      if (isTokenLost && !isRenewed && visitor.current()?.visitor) {
        isRenewed = true
        const { told = {} } = await visitor.change(({ visitor: _lost, ...rest }) => rest)
        await lane.put({ ...newId(), guest: told })
      }
      return answer
    },

    reset: async () => (await fetchIdentity()).reset(parts),

    async forget() {
      const failure = await (await fetchIdentity()).forget(parts)
      if (failure) throw errorOf(failure, 'nothing was deleted, try again later.')
    },
  }
}
