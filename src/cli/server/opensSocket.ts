import { createHash, randomBytes } from 'node:crypto'
import { openRequest, timeoutMs } from './http'

/** https://www.rfc-editor.org/rfc/rfc6455#section-1.3 */
const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Whether the server agrees to a websocket: the handshake alone, which Node's own WebSocket does not let a program send an origin with. */
export const opensSocket = (url: string, origin: string): Promise<boolean> =>
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
    const settle = (isOpen: boolean) => {
      clearTimeout(timer)
      request.destroy()
      resolve(isOpen)
    }
    const timer = setTimeout(() => settle(false), timeoutMs)
    request.on('error', () => settle(false))
    request.on('response', () => settle(false))
    request.on('upgrade', (response, socket) => {
      socket.on('error', () => {})
      socket.destroy()
      settle(response.statusCode === 101 && response.headers['sec-websocket-accept'] === expectedAccept)
    })
    request.end()
  })
