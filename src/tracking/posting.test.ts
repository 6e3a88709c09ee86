import { expect, test } from 'playwright/test'
import { createManualClock } from '../../e2e/fakes/clock'
import { createSessionStorage } from '../../e2e/model/browser/storage'
import { createJournal } from '../browser/journal'
import { createSimplePostJudge } from '../recovery/simplePost'
import type { Reply } from '../wire/reply'
import type { Posting } from './contracts'
import { createPosting } from './posting'

const weekMs = 7 * 86_400_000
const json = (status: number, body: object): Reply => ({ status, text: JSON.stringify(body) })
const kept = json(200, { success: true, page: {} })
const refused = (error: string) => json(400, { success: false, error })
/** As the servers before 7.6 answer a body they did not read. */
const foundEmpty = refused("must have required property 'token' [invalid-params]")
const body = { token: 't', pageInfo: {} }

/** Pages of one browser, one after the other; `answer` is asked for the reply to each request, by how it was sent. */
const createPages = (answer: (way: 'simple' | 'proper') => Reply) => {
  const clock = createManualClock()
  const local = createSessionStorage()
  const sent: string[] = []
  let canFetchRecovery = true
  const page = (): Posting => {
    const posting: Posting = createPosting({
      server: 'https://chat.example',
      clock,
      journal: createJournal('journal/', () => local),
      async send(_url, init) {
        const type = new Headers(init?.headers).get('content-type')
        const way = type === 'application/json' ? 'proper' : 'simple'
        expect(type).toBe(way === 'proper' ? 'application/json' : 'text/plain;type=application/json')
        sent.push(way)
        return answer(way)
      },
      async needRecovery() {
        if (!canFetchRecovery) throw new Error('recovery could not be fetched')
        return { judgeSimplePost: createSimplePostJudge(posting) }
      },
    })
    return posting
  }
  return {
    clock,
    local,
    page,
    /** What was sent since the last time. */
    sent: () => sent.splice(0).join(' '),
    helpless: () => void (canFetchRecovery = false),
  }
}
const say = ({ post }: Posting) => post('/path', body)

test('a server that reads simple requests is never asked otherwise', async () => {
  const { page, sent } = createPages(() => kept)
  const first = page()
  expect(first.way()).toBeUndefined()
  expect([await say(first), await say(first), await say(page())]).toEqual([kept, kept, kept])
  expect([sent(), page().way()]).toEqual(['simple simple simple', 'simple'])
})

test('a server that reads none is told the same properly, at once, and for a week by every page', async () => {
  const { page, clock, sent } = createPages((way) => (way === 'simple' ? foundEmpty : kept))
  const first = page()
  expect([await say(first), await say(first), await say(page())]).toEqual([kept, kept, kept])
  expect(sent()).toBe('simple proper proper proper')
  await clock.advance(weekMs + 1)
  await say(page())
  expect(sent()).toBe('simple proper')
})

test('every way of calling a full body empty is known, and nothing else is taken for one', async () => {
  const empty = [
    "must have required property 'token'",
    "must have required property 'token' [invalid-params]",
    "Match error: Missing key 'token'",
    '',
  ]
  for (const says of empty) {
    const { page, sent } = createPages((way) => (way === 'simple' ? refused(says) : kept))
    expect([await say(page()), sent()], says).toEqual([kept, 'simple proper'])
  }
  const read = [
    'invalid-room',
    "must have required property 'title'",
    "Match error: Missing key 'token' in field visitor",
  ]
  for (const says of read) {
    const { page, sent } = createPages(() => refused(says))
    const posting = page()
    expect([await say(posting), sent(), posting.way()], says).toEqual([refused(says), 'simple', 'simple'])
  }
})

test('a firewall that stumbles over the header is told properly before anything is called refused', async () => {
  for (const status of [200, 400, 403, 406, 415]) {
    const blockPage: Reply = { status, text: '<html>' }
    const { page, sent } = createPages((way) => (way === 'simple' ? blockPage : kept))
    const posting = page()
    expect([await say(posting), sent(), posting.way()]).toEqual([kept, 'simple proper', 'proper'])
  }
})

test('a portal, a broken gateway and a limit say nothing of how the server reads', async () => {
  const portal: Reply = { status: 200, text: '<html>' }
  for (const [reply, requests] of [
    [portal, 'simple proper'],
    [{ status: 502, text: '' }, 'simple'],
    [json(429, { success: false, error: 'You must wait 3 seconds' }), 'simple'],
  ] as const) {
    const { page, sent } = createPages(() => reply)
    const posting = page()
    expect([await say(posting), sent(), posting.way()]).toEqual([reply, requests, undefined])
  }
})

test('where no answer came to a simple request, the next one is proper, and so on in turn', async () => {
  const { page, sent } = createPages((way) => (way === 'simple' ? 'TypeError' : kept))
  const posting = page()
  expect([await say(posting), await say(posting), await say(posting)]).toEqual(['TypeError', kept, kept])
  // Perhaps only the network was gone: nothing is kept of it.
  expect([sent(), posting.way(), page().way()]).toEqual(['simple proper proper', undefined, undefined])
  const silent = createPages(() => 'TypeError')
  const page2 = silent.page()
  for (let n = 0; n < 4; n++) await say(page2)
  expect(silent.sent()).toBe('simple proper simple proper')
})

test('a server that changes its mind is understood', async () => {
  let reads = true
  const { page, sent, clock } = createPages((way) => (way === 'simple' && !reads ? foundEmpty : kept))
  await say(page())
  reads = false
  expect([await say(page()), page().way()]).toEqual([kept, 'proper'])
  reads = true
  await clock.advance(weekMs + 1)
  await say(page())
  expect([sent(), page().way()]).toEqual(['simple simple proper simple', 'simple'])
})

test('while nobody can say what a refused simple post means, it is no answer', async () => {
  const { page, sent, helpless } = createPages(() => foundEmpty)
  helpless()
  expect([await say(page()), sent()]).toEqual(['NotSent', 'simple'])
})

test('nonsense in the browser’s storage is as if nothing were known', async () => {
  for (const nonsense of ['true', '"simple"', '[]', '{"way":"loudly","atMs":0}', '{"way":"proper"}', '{']) {
    const { page, sent, local } = createPages(() => kept)
    local.setItem('journal/way', nonsense)
    const posting = page()
    expect([posting.way(), await say(posting), sent()], nonsense).toEqual([undefined, kept, 'simple'])
  }
})

test('what could not be written down does not leave what was known before', async () => {
  let reply = (_way: 'simple' | 'proper') => kept
  const { page, local } = createPages((way) => reply(way))
  await say(page())
  expect(page().way()).toBe('simple')
  local.setItem = () => {
    throw new Error('QuotaExceededError')
  }
  reply = (way) => (way === 'proper' ? kept : foundEmpty)
  await say(page())
  expect(page().way()).toBeUndefined()
})

test('that a simple post was not simply taken is told at once, before anything else is asked', async () => {
  const { page, sent } = createPages((way) => (way === 'simple' ? foundEmpty : kept))
  const sentByThen: string[] = []
  const reply = await page().post('/path', body, { onRefused: () => void sentByThen.push(sent()) })
  expect([reply, sentByThen, sent()]).toEqual([kept, ['simple'], 'proper'])
})
