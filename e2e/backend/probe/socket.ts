import { WebSocket } from 'ws'
import type { Server } from '../fixture.ts'

type Frame = Record<string, any>

/** A bare websocket with everything that came over it, for tests that look at frames. */
export async function openWire(server: Pick<Server, 'origin'>, { connect = true } = {}) {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/websocket`)
  const frames: Frame[] = []
  let closed = false
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame))
  socket.on('close', () => (closed = true))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const send = (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  if (connect) send({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] })
  return {
    send,
    frames,
    /** The payloads of one stream's event, in order. */
    heard: (event: string, stream?: string) =>
      frames
        .filter(
          ({ msg, collection, fields }) =>
            msg === 'changed' && fields.eventName === event && (!stream || collection === stream),
        )
        .map(({ fields }) => fields.args as any[]),
    answer: (id: string) => frames.find((frame) => frame.id === id || frame.subs?.includes(id)),
    listen(id: string, name: string, event: string, token: string) {
      send({ msg: 'sub', id, name, params: [event, { useCollection: false, args: [{ token, visitorToken: token }] }] })
    },
    isClosed: () => closed,
    close: () => socket.close(),
  }
}

export const token = 'iNKE8a6k6cjbqWhWd'

/** A visitor with an open room. */
export async function begin(server: Server, given: Record<string, unknown> = {}) {
  const { visitor } = (await server.post('visitor', { visitor: { token, ...given } })).body
  const { room } = (await server.get(`room?token=${token}`)).body
  return { visitor, rid: room._id as string }
}
