/** One visitor's conversation with a server that means harm: the real core and chat, on twins of the browser's powers. */
import { begin, connect } from '../fakes/chatting.ts'
import { createBrowser, createManualClock, settled } from '../fakes/core.ts'
import { FakeSocket } from '../fakes/sockets.ts'
import type { Chance } from '../model/chance.ts'
import { configBody, frameBodies, messageBody, messageTypes, room, visitor } from './bodies.ts'
import { createHostile } from './hostile.ts'

const framesPerSession = 1000
const mostTries = 12
const roomId = 'room1'
const probe = 'the server has come to its senses'

/** Whatever was thrown, or does not work afterwards. The server answers and sends hostile things, and then one good message. */
const converseBy = async (chance: Chance): Promise<{ inputs: number; complaints: string[] }> => {
  FakeSocket.install()
  const hostile = createHostile(chance)
  const clock = createManualClock()
  const browser = createBrowser({ clock })
  let inputs = 0
  const spoilt = (body: unknown) => {
    inputs++
    // What a call is answered with is the body of a success: an object.
    return Object(hostile.spoil(body)) as Record<string, unknown>
  }
  const history = () => ({ messages: Array.from({ length: 5 }, (_, n) => messageBody(n, chance.pick(messageTypes))) })
  browser.reply('GET livechat/config', () => spoilt(configBody(roomId)))
  browser.reply(/^POST livechat\/visitor$/, () => visitor('T'.repeat(17)))
  browser.reply(/^GET livechat\/room$/, () => room(roomId, true))
  browser.reply(/^POST livechat\/message$/, () => spoilt({ message: messageBody(900) }))
  browser.reply(/^GET livechat\/message\//, () => spoilt({ message: messageBody(901) }))
  browser.reply(/^GET livechat\/messages\.history\//, () => spoilt(history()))
  browser.reply(/agent\.next|external-service/, () => spoilt({ agent: { username: 'ana', name: 'Ana' } }))

  const tab = await begin(browser)
  const { chat, core, errors } = tab
  await core.visitor.register({ name: 'Ada' }).catch(() => undefined)
  await core.visitor.setRoom(roomId)
  chat.setOpen(true)
  await settled()
  if (FakeSocket.all.length) await connect()
  for (let n = 0; n < framesPerSession && FakeSocket.all.length; n++) {
    inputs++
    const isMessage = chance.odds(0.6)
    const frame = isMessage
      ? {
          msg: 'changed',
          collection: 'stream-room-messages',
          fields: {
            eventName: roomId,
            args: [hostile.spoil(messageBody(chance.below(300), chance.pick(messageTypes)))],
          },
        }
      : hostile.spoil(chance.pick(frameBodies(roomId)))
    FakeSocket.last().hear(frame)
    if (n % 200 === 0) await settled()
  }
  await settled()
  browser.reply('GET livechat/config', () => configBody(roomId))
  browser.reply(/^GET livechat\/messages\.history\//, () => ({ messages: [] }))
  // A frame may have ended the room, as the server may at any time.
  await core.visitor.setRoom(roomId)
  // The socket may have been given up, and is opened again after a while.
  for (let tries = 0; tries < mostTries && chat.connection.value.state !== 'live'; tries++) {
    await clock.advance(20_000)
    await connect()
  }
  FakeSocket.last().changed('stream-room-messages', roomId, {
    _id: 'probe',
    rid: roomId,
    msg: probe,
    ts: { $date: clock.now() },
    u: { _id: 'a', username: 'ana' },
  })
  const complaints = errors.map((error) => `thrown: ${(error as Error)?.stack ?? error}`)
  if (!chat.messages.value.some(({ text }) => text === probe)) complaints.push('a good message is not shown any more')
  chat.destroy()
  tab.stop()
  return { inputs, complaints }
}

/** The waits before a socket is opened again are left to the same chance, so that a seed makes the same conversation again. */
export const converse: typeof converseBy = async (chance) => {
  const { random } = Math
  Math.random = chance.next
  try {
    return await converseBy(chance)
  } finally {
    Math.random = random
  }
}
