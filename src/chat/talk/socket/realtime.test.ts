import { expect, test } from 'playwright/test'
import { createManualClock } from '../../../../e2e/fakes/core'
import { FakeSocket } from '../../../../e2e/fakes/sockets'
import { createRealtime } from './realtime'

const open = (visible = () => true) => {
  FakeSocket.install()
  const clock = createManualClock()
  const states: string[] = []
  const events: unknown[] = []
  const counts = { live: 0, refused: 0, failures: 0 }
  const realtime = createRealtime({
    server: 'https://chat.example.com/folder',
    clock,
    page: { visible },
    guard:
      (run) =>
      (...args) =>
        void run(...args),
    random: () => 1,
    onState: (state, failures) => {
      states.push(state)
      counts.failures = failures
    },
    onLive: () => void counts.live++,
    onEvent: (...event) => void events.push(event),
    onRefused: () => void counts.refused++,
  })
  return { clock, states, events, counts, realtime }
}

const subscriptions = [
  { stream: 'stream-room-messages', event: 'RID' },
  { stream: 'stream-livechat-room', event: 'RID' },
]

test('no socket is opened before there is something to subscribe to', async () => {
  const { clock } = open()
  await clock.advance(100_000)
  expect(FakeSocket.all).toHaveLength(0)
})

test('the handshake and the subscriptions are those of the protocol', () => {
  const { realtime, states, counts } = open()
  realtime.subscribe(subscriptions, 'T')
  const socket = FakeSocket.last()
  expect(socket.url).toBe('wss://chat.example.com/folder/websocket')
  socket.accept()
  expect(socket.sent[0]).toEqual({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] })
  expect(socket.subs().map(({ name, event, extra }) => ({ name, event, extra }))).toEqual([
    {
      name: 'stream-room-messages',
      event: 'RID',
      extra: { useCollection: false, args: [{ token: 'T', visitorToken: 'T' }] },
    },
    {
      name: 'stream-livechat-room',
      event: 'RID',
      extra: { useCollection: false, args: [{ token: 'T', visitorToken: 'T' }] },
    },
  ])
  expect(counts.live).toBe(0)
  socket.ready()
  expect(states).toEqual(['connecting', 'live'])
  expect(counts.live).toBe(1)
})

test('a ping is answered with its id, and silence is broken by a ping of our own', async () => {
  const { realtime, clock } = open()
  realtime.subscribe(subscriptions, 'T')
  const socket = FakeSocket.last()
  socket.accept()
  socket.ready()
  socket.hear({ msg: 'ping', id: '9' })
  expect(socket.sent.at(-1)).toEqual({ msg: 'pong', id: '9' })
  await clock.advance(30_000)
  expect(socket.sent.at(-1)).toEqual({ msg: 'ping' })
  socket.hear({ msg: 'pong' })
  await clock.advance(29_000)
  expect(FakeSocket.all).toHaveLength(1)
})

test('a server that has fallen silent is given up, and another connection opened', async () => {
  const { realtime, clock, states } = open()
  realtime.subscribe(subscriptions, 'T')
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await clock.advance(30_000 + 10_000)
  expect(states.at(-1)).toBe('waiting')
  await clock.advance(1000)
  expect(FakeSocket.all).toHaveLength(2)
  FakeSocket.last().accept()
  expect(FakeSocket.last().subs()).toHaveLength(2)
})

test('tries never end, and the pause between them grows up to a minute', async () => {
  const { realtime, clock } = open()
  realtime.subscribe(subscriptions, 'T')
  const gaps: number[] = []
  for (let tries = 0; tries < 30; tries++) {
    const from = clock.now()
    const count = FakeSocket.all.length
    FakeSocket.last().drop()
    while (FakeSocket.all.length === count) await clock.advance(1000)
    gaps.push(clock.now() - from)
  }
  expect(gaps.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000])
  expect(Math.max(...gaps)).toBe(60_000)
})

test('after a steady connection the pauses begin anew, after a flapping one they go on growing', async () => {
  const { realtime, clock, counts } = open()
  realtime.subscribe(subscriptions, 'T')
  for (const lastedMs of [0, 0, 0]) {
    FakeSocket.last().accept()
    FakeSocket.last().ready()
    await clock.advance(lastedMs)
    FakeSocket.last().drop()
    await clock.advance(10_000)
  }
  expect(counts.failures).toBeGreaterThan(2)
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  await clock.advance(20_000)
  FakeSocket.last().drop()
  expect(counts.failures).toBe(1)
})

test('a hidden page keeps its socket and tries nothing, a looked-at one tries at once', async () => {
  let visible = true
  const { realtime, clock } = open(() => visible)
  realtime.subscribe(subscriptions, 'T')
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  visible = false
  await clock.advance(5000)
  expect(FakeSocket.open()).toHaveLength(1)
  FakeSocket.last().drop()
  await clock.advance(600_000)
  expect(FakeSocket.all).toHaveLength(1)
  visible = true
  realtime.wake()
  expect(FakeSocket.all).toHaveLength(2)
})

test('a socket that died in its sleep is noticed soon after waking', async () => {
  const { realtime, clock } = open()
  realtime.subscribe(subscriptions, 'T')
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  realtime.wake()
  expect(FakeSocket.last().sent.at(-1)).toEqual({ msg: 'ping' })
  await clock.advance(6000)
  expect(FakeSocket.all).toHaveLength(2)
})

test('a page that goes to sleep closes its socket and opens another when it wakes', () => {
  const { realtime } = open()
  realtime.subscribe(subscriptions, 'T')
  FakeSocket.last().accept()
  FakeSocket.last().ready()
  realtime.sleep()
  expect(FakeSocket.open()).toHaveLength(0)
  realtime.wake()
  FakeSocket.last().accept()
  expect(FakeSocket.last().subs()).toHaveLength(2)
})

test('a handshake that hangs, a socket that is forbidden and a failed version are tries like any other', async () => {
  const { realtime, clock, states } = open()
  realtime.subscribe(subscriptions, 'T')
  await clock.advance(10_000)
  expect(states.at(-1)).toBe('waiting')
  FakeSocket.refuse = true
  await clock.advance(1000)
  expect(states.at(-1)).toBe('waiting')
  FakeSocket.refuse = false
  await clock.advance(4000)
  FakeSocket.last().readyState = 1
  FakeSocket.last().hear({ msg: 'failed', version: '1' })
  expect(states.at(-1)).toBe('waiting')
})

test('only the refusal of the first subscription is reported', () => {
  const { realtime, counts } = open()
  realtime.subscribe(subscriptions, 'T')
  const socket = FakeSocket.last()
  socket.accept()
  const [messages, room] = socket.subs()
  const error = { isClientSafe: true, error: 'not-allowed', errorType: 'Meteor.Error' }
  socket.hear({ msg: 'nosub', id: room!.id, error })
  expect(counts.refused).toBe(0)
  socket.hear({ msg: 'nosub', id: messages!.id, error })
  expect(counts.refused).toBe(1)
  expect(counts.live).toBe(0)
})

test('other subscriptions replace the old ones on the same socket, and none at all close it', () => {
  const { realtime, states } = open()
  realtime.subscribe(subscriptions, 'T')
  const socket = FakeSocket.last()
  socket.accept()
  socket.ready()
  realtime.subscribe([{ stream: 'stream-room-messages', event: 'R2' }], 'T')
  expect(socket.sent.filter(({ msg }) => msg === 'unsub')).toHaveLength(2)
  expect(socket.subs().at(-1)).toMatchObject({ event: 'R2' })
  realtime.subscribe([])
  expect(socket.readyState).toBe(3)
  expect(states.at(-1)).toBe('idle')
})

test('events are handed on, and what is no frame is dropped', () => {
  const { realtime, events } = open()
  realtime.subscribe(subscriptions, 'T')
  const socket = FakeSocket.last()
  socket.accept()
  for (const nonsense of ['', 'null', '[1', '{"msg":"changed"}']) socket.hear(nonsense)
  socket.changed('stream-room-messages', 'RID', { _id: 'm' })
  expect(events.at(-1)).toEqual(['stream-room-messages', 'RID', [{ _id: 'm' }]])
})
