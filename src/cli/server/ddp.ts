import { timeoutMs } from './http'
import { decodeTexts, encodeText } from './textFrames'
import { upgrade } from './upgrade'

/** What became of a connection: no websocket, a websocket that does not speak DDP, or one that does, and how it takes a subscription. */
export type Spoken = 'no-socket' | 'no-ddp' | 'connected'

/**
 * Connects as the widget does. `subscription` is sent once the server has answered; resolves with `connected` when that is answered as well, by
 * whatever answer.
 */
export const speakDdp = async (url: string, origin: string, subscription: object): Promise<Spoken> => {
  const upgraded = await upgrade(url, origin)
  if (!upgraded) return 'no-socket'
  const { socket, head } = upgraded
  const send = (frame: object) => socket.write(encodeText(JSON.stringify(frame)))
  return new Promise((resolve) => {
    let received = head
    const settle = (spoken: Spoken) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(spoken)
    }
    const timer = setTimeout(() => settle('no-ddp'), timeoutMs)
    const read = () => {
      const { texts, rest } = decodeTexts(received)
      received = rest
      for (const text of texts) {
        if (/"msg":"connected"/.test(text)) send({ msg: 'sub', id: 's1', ...subscription })
        if (/"msg":"(ready|nosub)"/.test(text)) settle('connected')
      }
    }
    socket.on('close', () => settle('no-ddp'))
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes])
      read()
    })
    send({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] })
    read()
  })
}
