import { errorObject } from '../http/envelope.ts'
import { isRecord } from '../http/schema.ts'
import { eraOf } from '../office/store/settings.ts'
import type { ServerState } from '../state.ts'
import { mayWrite } from './access.ts'
import type { Connection, Frame } from './frame.ts'

/** What one visitor's connection may call. */
export function createMethods(state: ServerState, { send, tooMany }: Connection) {
  let visitorToken: string | undefined

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

  /** A map, since whoever calls names the key. */
  const methods = new Map<string, (params: unknown[]) => void>([
    ['stream-notify-room', notifyRoom],
    [
      'livechat:setUpConnection',
      ([data]) => {
        if (isRecord(data) && typeof data['token'] === 'string') visitorToken = data['token']
      },
    ],
  ])

  /** 8.0 took away every method of livechat's own. */
  const isGone = (method: string) => method.startsWith('livechat:') && eraOf(state.settings) >= 8

  /** Runs a method, or returns the error it is refused with. */
  function run(name: string, params: unknown): unknown {
    const method = isGone(name) ? undefined : methods.get(name)
    if (!method) return errorObject(404, `Method '${name}' not found`)
    const limited = tooMany(name)
    if (!limited) method(Array.isArray(params) ? (params as unknown[]) : [])
    return limited
  }

  return {
    call({ id, method, params }: Frame) {
      const error = run(typeof method === 'string' ? method : '', params)
      send({ msg: 'result', id, ...(error ? { error } : {}) })
      send({ msg: 'updated', methods: [id] })
    },
    /** Whose connection it is, where the visitor has said so. */
    visitorToken: () => visitorToken,
  }
}
