import { createHash, randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { openRequest, timeoutMs } from './http'

/** https://www.rfc-editor.org/rfc/rfc6455#section-1.3 */
const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** A connection that the server has agreed to make a websocket of, with what it sent at once; undefined when it does not agree. Node's own WebSocket does not let a program send an origin. */
export const upgrade = (url: string, origin: string): Promise<{ socket: Duplex; head: Buffer } | undefined> =>
  new Promise((resolve) => {
    const key = randomBytes(16).toString('base64')
    const expectedAccept = createHash('sha1')
      .update(key + handshakeGuid)
      .digest('base64')
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      Origin: origin,
    }
    const request = openRequest(url.replace(/^ws/, 'http'), { headers })
    const refuse = () => {
      clearTimeout(timer)
      request.destroy()
      resolve(undefined)
    }
    const timer = setTimeout(refuse, timeoutMs)
    request.on('error', refuse)
    request.on('response', refuse)
    request.on('upgrade', (response, socket, head) => {
      socket.on('error', () => {})
      if (response.statusCode !== 101 || response.headers['sec-websocket-accept'] !== expectedAccept) {
        socket.destroy()
        return refuse()
      }
      clearTimeout(timer)
      resolve({ socket, head })
    })
    request.end()
  })

/** Whether the server agrees to a websocket: the handshake alone. */
export const opensSocket = async (url: string, origin: string): Promise<boolean> => {
  const upgraded = await upgrade(url, origin)
  upgraded?.socket.destroy()
  return upgraded !== undefined
}
