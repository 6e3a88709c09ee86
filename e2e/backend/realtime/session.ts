import { createId } from '../office/store/ids.ts'
import { readJsonText } from '../http/bounds.ts'
import { errorObject } from '../http/envelope.ts'
import { createLimiter } from '../http/limiter.ts'
import { isRecord } from '../http/schema.ts'
import type { ServerState } from '../state.ts'
import type { Frame } from './frame.ts'
import { createMethods } from './methods.ts'
import { createSubscriptions } from './subscriptions.ts'

const heartbeatMs = 17_500
const perMethod = { calls: 10, windowMs: 10_000 }

/** Subscriptions and calls are counted by name; returns the error of the one too many. */
function createCallLimit(state: ServerState) {
  const limiter = createLimiter()
  return (name: string) => {
    const { allowed, waitSeconds } = limiter.take(name, perMethod)
    if (allowed || !state.settings.limiter) return undefined
    return errorObject(
      'too-many-requests',
      `Error, too many requests. Please slow down. You must wait ${waitSeconds} seconds before trying again.`,
    )
  }
}

/** One visitor's connection: what it asks, what it listens to. */
export function createSession(state: ServerState, send: (frame: Frame) => void, hangUp: () => void) {
  const connection = { send, tooMany: createCallLimit(state) }
  const subscriptions = createSubscriptions(state, connection)
  const methods = createMethods(state, connection)
  let connected = false
  let heard = true

  const heartbeat = setInterval(() => {
    if (!heard) return hangUp()
    heard = false
    send({ msg: 'ping' })
  }, heartbeatMs)

  function connect({ version }: Frame) {
    if (version !== '1') {
      send({ msg: 'failed', version: '1' })
      return hangUp()
    }
    connected = true
    send({ msg: 'connected', session: createId() })
  }

  const verbs = new Map<string, (frame: Frame) => void>([
    ['sub', subscriptions.subscribe],
    ['unsub', subscriptions.unsubscribe],
    ['method', methods.call],
    ['ping', ({ id }) => send({ msg: 'pong', ...(id === undefined ? {} : { id }) })],
    ['pong', () => {}],
  ])

  send({ server_id: '0' })

  return {
    take(text: string) {
      heard = true
      const frame = readJsonText(text)
      if (frame === undefined) return send({ msg: 'error', reason: 'Parse error' })
      const name = isRecord(frame) && typeof frame['msg'] === 'string' ? frame['msg'] : ''
      const complain = (reason: string) => send({ msg: 'error', reason, offendingMessage: frame })
      if (!isRecord(frame)) return complain('Bad request')
      if (name === 'connect') return connected ? complain('Already connected') : connect(frame)
      const verb = verbs.get(name)
      if (!verb) return complain('Bad request')
      if (!connected) return complain('Must connect first')
      verb(frame)
    },
    end() {
      clearInterval(heartbeat)
      subscriptions.endAll()
      const token = methods.visitorToken()
      const visitor = token === undefined ? undefined : state.store.visitorByToken(token)
      if (!visitor) return
      visitor.status = 'offline'
      state.store.putVisitor(visitor)
      state.save()
    },
  }
}
