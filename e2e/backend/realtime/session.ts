import { createId } from '../office/store/ids.ts'
import { errorObject } from '../http/envelope.ts'
import { createLimiter } from '../http/limiter.ts'
import { isRecord } from '../http/schema.ts'
import { eraOf } from '../office/store/settings.ts'
import type { ServerState } from '../state.ts'
import { mayRead, mayWrite } from './access.ts'

type Frame = Record<string, unknown>

const heartbeatMs = 17_500
const perMethod = { calls: 10, windowMs: 10_000 }

/** One visitor's connection: what it asks, what it listens to. */
export function createSession(state: ServerState, send: (frame: Frame) => void, hangUp: () => void) {
  const subscriptions = new Map<string, () => void>()
  const limiter = createLimiter()
  let connected = false
  let heard = true
  let visitorToken: string | undefined

  const heartbeat = setInterval(() => {
    if (!heard) return hangUp()
    heard = false
    send({ msg: 'ping' })
  }, heartbeatMs)

  function tooMany(name: string) {
    const { allowed, waitSeconds } = limiter.take(name, perMethod)
    if (allowed || !state.settings.limiter) return undefined
    return errorObject(
      'too-many-requests',
      `Error, too many requests. Please slow down. You must wait ${waitSeconds} seconds before trying again.`,
    )
  }

  function connect({ version }: Frame) {
    if (version !== '1') {
      send({ msg: 'failed', version: '1' })
      return hangUp()
    }
    connected = true
    send({ msg: 'connected', session: createId() })
  }

  function subscribe({ id, name, params }: Frame) {
    const given = Array.isArray(params) ? (params as unknown[]) : []
    const refuse = (error: unknown) => send({ msg: 'nosub', id, error })
    if (typeof id !== 'string' || typeof name !== 'string') return refuse(errorObject(400, 'Bad request'))
    if (!name.startsWith('stream-')) return refuse(errorObject(404, `Subscription '${name}' not found`))
    const limited = tooMany(name)
    if (limited) return refuse(limited)
    const event = given[0]
    if (typeof event !== 'string' || !mayRead(state, name, event, given))
      return refuse(errorObject('not-allowed', 'Not allowed'))
    subscriptions.get(id)?.()
    subscriptions.set(
      id,
      state.streams.subscribe(name, event, send, (eventName, args) =>
        send({ msg: 'changed', collection: name, id: 'id', fields: { eventName, args } }),
      ),
    )
    send({ msg: 'ready', subs: [id] })
  }

  function unsubscribe({ id }: Frame) {
    if (typeof id !== 'string') return
    subscriptions.get(id)?.()
    subscriptions.delete(id)
    send({ msg: 'nosub', id })
  }

  function notifyRoom([event, ...args]: unknown[]) {
    if (typeof event !== 'string' || !mayWrite(state, event, args)) return
    const [username, typing] = args
    state.streams.publish('stream-notify-room', event, [username, typing], send)
    state.feed.tell('typing', {
      rid: event.split('/')[0],
      username,
      typing: Array.isArray(typing) ? typing.length > 0 : typing,
    })
  }

  const methods: Record<string, (params: unknown[]) => void> = {
    'stream-notify-room': notifyRoom,
    'livechat:setUpConnection': ([data]) => {
      if (isRecord(data) && typeof data['token'] === 'string') visitorToken = data['token']
    },
  }

  /** 8.0 took away every method of livechat's own. */
  const isGone = (method: string) => method.startsWith('livechat:') && eraOf(state.settings) >= 8

  function call({ id, method, params }: Frame) {
    const run = isGone(String(method)) ? undefined : methods[String(method)]
    const error = run ? tooMany(String(method)) : errorObject(404, `Method '${String(method)}' not found`)
    if (!error) run!(Array.isArray(params) ? (params as unknown[]) : [])
    send({ msg: 'result', id, ...(error ? { error } : {}) })
    send({ msg: 'updated', methods: [id] })
  }

  const verbs: Record<string, (frame: Frame) => void> = {
    sub: subscribe,
    unsub: unsubscribe,
    method: call,
    ping: ({ id }) => send({ msg: 'pong', ...(id === undefined ? {} : { id }) }),
    pong: () => {},
  }

  send({ server_id: '0' })

  return {
    take(text: string) {
      heard = true
      let frame: unknown
      try {
        frame = JSON.parse(text)
      } catch {
        return send({ msg: 'error', reason: 'Parse error' })
      }
      const verb = isRecord(frame) ? String(frame['msg']) : ''
      const complain = (reason: string) => send({ msg: 'error', reason, offendingMessage: frame })
      if (!isRecord(frame)) return complain('Bad request')
      if (verb === 'connect') return connected ? complain('Already connected') : connect(frame)
      if (!Object.hasOwn(verbs, verb)) return complain('Bad request')
      if (!connected) return complain('Must connect first')
      verbs[verb]!(frame)
    },
    end() {
      clearInterval(heartbeat)
      for (const stop of subscriptions.values()) stop()
      subscriptions.clear()
      const visitor = visitorToken === undefined ? undefined : state.store.visitorByToken(visitorToken)
      if (!visitor) return
      visitor.status = 'offline'
      state.store.putVisitor(visitor)
      state.save()
    },
  }
}
