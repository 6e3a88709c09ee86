import type { Check } from '../../options'
import { checkResult } from '../../diagnosis/checks'
import { socketAddress } from '../../wire/paths'
import { speakDdp } from '../server/ddp'
import type { Subject } from './contracts'

/** Opens a websocket, and asks for the messages of the run's room, as the widget does. The room is none or has ended: a refusal is as good an answer. */
export const checkSocket = async (server: string, origin: string, { token, rid }: Subject): Promise<Check> => {
  const url = socketAddress(server)
  const params = [rid, { useCollection: false, args: [{ token, visitorToken: token }] }]
  switch (await speakDdp(url, origin, { name: 'stream-room-messages', params })) {
    case 'connected':
      return checkResult('websocket', 'good')
    case 'no-socket':
      return checkResult('websocket', 'no-socket', url)
    case 'no-ddp':
      return {
        name: 'websocket',
        ok: false,
        code: 'no-ddp',
        says: `A websocket opens at ${url}, but the chat server does not answer on it: a proxy accepts it in its place or lets nothing through. Until then the chat asks for news every few seconds.`,
      }
  }
}
