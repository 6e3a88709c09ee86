import { expect, test } from 'playwright/test'
import { createManualClock } from '../../e2e/fakes/clock'
import { createSessionStorage } from '../../e2e/model/browser/storage'
import { createJournal } from '../browser/journal'
import { createMemory } from '../browser/memory'
import type { RecoverableLane, VisitorStore } from '../tracking/contracts'
import type { VisitorState } from '../tracking/stored'
import { createStorage } from '../tracking/storage'
import type { Reply } from '../wire/reply'
import type { PageVisitedBody } from '../wire/rest'
import { createMeaning } from './meaning'
import { createRetry } from './retry'

/** Only `current` is asked. */
const noVisitor = {} as VisitorStore
const json = (status: number, body: object): Reply => ({ status, text: JSON.stringify(body) })
const stored = json(200, { page: {}, success: true })
const notKept = json(200, { success: true })
const refusal = (error: string, status = 400, errorType?: string) => json(status, { success: false, error, errorType })

/** What becomes of a visit whose first answer is `reply`, and what is sent after it. */
const judged = async (
  reply: Reply,
  {
    next = stored,
    rid,
    state: given = {},
    became,
    monitor = 'url',
  }: { next?: Reply; rid?: string; state?: Partial<VisitorState>; became?: VisitorState; monitor?: string } = {},
) => {
  const state: VisitorState = { token: 't', ...given }
  let configs = 0
  const clock = createManualClock()
  const meaningOf = createMeaning({
    server: 'https://chat.example',
    options: { server: '' },
    storage: createStorage({
      database: createMemory(),
      clock,
      overlayMemory: () => Promise.reject(),
      isDormant: false,
    }),
    journal: createJournal('journal/', createSessionStorage),
    clock,
    visitor: { ...noVisitor, current: () => became ?? state },
    posting: { way: () => 'simple', learn() {}, post: () => Promise.reject() },
    send: async () => (configs++, json(200, { config: { settings: { historyMonitorType: monitor } }, success: true })),
  })
  const first: PageVisitedBody = {
    token: 't',
    rid,
    pageInfo: { change: 'url', title: 'T', location: { href: 'https://shop.example/' } },
  }
  const bodies = [first]
  const record = { id: 'a', at: 1, href: '', title: '', rid }
  let meaning = await meaningOf(reply, { record, visitor: state, sent: bodies })
  while (meaning.kind === 'again') {
    bodies.push(meaning.body)
    meaning = next === stored ? { kind: 'done' } : await meaningOf(next, { record, visitor: state, sent: bodies })
  }
  const sent = bodies.slice(1).map((body) => [body.rid, body.pageInfo.change])
  return { outcome: meaning, sent, configs }
}

for (const [name, reply, expected] of [
  [
    'the API’s own 400',
    refusal('must be string [invalid-params]', 400, 'invalid-params'),
    { kind: 'drop', code: 'invalid-params' },
  ],
  ['the API’s own 422', refusal('no', 422, 'bad'), { kind: 'drop', code: 'bad' }],
  ['a 413 of whoever', { status: 413, text: '<h1>Too large</h1>' }, { kind: 'drop', code: 'too-large' }],
  ['a 413 of the API', refusal('request entity too large', 413), { kind: 'drop', code: 'too-large' }],
  ['a 400 that is no JSON', { status: 400, text: '<h1>Bad request</h1>' }, { kind: 'wait' }],
  ['a captive portal', { status: 200, text: '<!doctype html>' }, { kind: 'wait' }],
  ['a 401', refusal('You must be logged in to do this.', 401), { kind: 'wait' }],
  ['a 403', refusal('unauthorized', 403), { kind: 'hold', refused: 'unauthorized' }],
  ['a 403 that is no JSON', { status: 403, text: '<h1>Forbidden</h1>' }, { kind: 'wait' }],
  ['a 404', { status: 404, text: 'Not found' }, { kind: 'wait' }],
  ['a 405', { status: 405, text: 'CORS not enabled' }, { kind: 'wait' }],
  ['a 408', { status: 408, text: '' }, { kind: 'wait' }],
  ['a 500', refusal('Internal server error', 500), { kind: 'wait' }],
  ['a 502', { status: 502, text: '<h1>Bad gateway</h1>' }, { kind: 'wait' }],
  ['silence', 'TimeoutError', { kind: 'wait', silent: true }],
  [
    'a limit',
    refusal(
      'Error, too many requests. Please slow down. You must wait 37 seconds before trying this endpoint again. [error-too-many-requests]',
      429,
    ),
    { kind: 'wait', ms: 37_000, limited: true },
  ],
  ['a lost token', refusal('[invalid-token]', 400, 'invalid-token'), { kind: 'hold' }],
] as [string, Reply, Record<string, unknown>][])
  test(`after ${name} it is ${JSON.stringify(expected)}, and nothing is sent again at once`, async () => {
    const { outcome, sent, configs } = await judged(reply)
    expect(outcome).toMatchObject(expected)
    expect([sent, configs]).toEqual([[], 0])
  })

test('a visit whose room is refused is sent once more without it', async () => {
  expect(await judged(refusal('invalid-room'), { rid: 'r1' })).toMatchObject({
    outcome: { kind: 'done' },
    sent: [[undefined, 'url']],
  })
})

test('where the server insists on a room it is the one that is open, and without one the visit waits', async () => {
  const insists = refusal("must have required property 'rid' [invalid-params]", 400, 'invalid-params')
  const visitor: VisitorState['visitor'] = { visitorId: 'v', username: 'guest-1' }
  expect(await judged(insists, { state: { visitor, roomId: 'open' } })).toMatchObject({
    outcome: { kind: 'done' },
    sent: [['open', 'url']],
  })
  expect(await judged(refusal('invalid-room'), { rid: 'r1', next: refusal('invalid-room') })).toMatchObject({
    outcome: { kind: 'hold' },
    sent: [[undefined, 'url']],
  })
  expect(await judged(insists)).toMatchObject({ outcome: { kind: 'hold' }, sent: [] })
})

test('what was refused for want of a registration, or of a room, is sent again at once where there is one meanwhile', async () => {
  const became = { token: 't', roomId: 'open' } as VisitorState
  for (const reply of [
    refusal('[invalid-token]', 400, 'invalid-token'),
    refusal("must have required property 'rid'"),
  ]) {
    expect(await judged(reply)).toMatchObject({ outcome: { kind: 'hold' } })
    expect(await judged(reply, { became })).toMatchObject({ outcome: { kind: 'wait', ms: 0 } })
  }
})

test('what was taken and not kept is sent again with the change the server watches, once', async () => {
  expect(await judged(notKept, { monitor: 'title' })).toMatchObject({
    outcome: { kind: 'done' },
    sent: [[undefined, 'title']],
    configs: 1,
  })
  expect(await judged(notKept, { monitor: 'title', next: notKept })).toMatchObject({
    outcome: { kind: 'done' },
    sent: [[undefined, 'title']],
    configs: 1,
  })
  expect(await judged(notKept)).toMatchObject({ outcome: { kind: 'done' }, sent: [], configs: 1 })
})

test('a record that is refused for good is removed, and its lane is told', async () => {
  const events: string[] = []
  const clock = createManualClock()
  const lane: RecoverableLane = {
    name: 'message',
    retry: undefined,
    isOfVisits: false,
    isHeld: () => false,
    hold: () => void events.push('held'),
    wake: () => void events.push('woken'),
    remove: async (id) => void events.push(`removed ${id}`),
    onDrop: ({ id }, reason, code) => void events.push(`dropped ${id} ${reason} ${code}`),
  }
  const storage = createStorage({
    database: createMemory(),
    clock,
    overlayMemory: () => Promise.reject(),
    isDormant: false,
  })
  const { afterFailure } = createRetry({
    storage,
    journal: createJournal('journal/', () => createSessionStorage()),
    clock,
    page: { visible: () => true, parsed: () => true, listen() {}, observe: () => () => undefined },
    guard:
      (run) =>
      (...args) =>
        void run(...args),
    warnOnce: () => undefined,
    probe: async () => 'api',
    async drop(dropped, record, reason, code) {
      await dropped.remove(record.id)
      dropped.onDrop?.(record, reason, code)
    },
  })
  await afterFailure(lane, { id: 'a', at: 1 }, { kind: 'drop', code: 'bad', says: '' })
  expect(events).toEqual(['removed a', 'dropped a refused bad'])
})
