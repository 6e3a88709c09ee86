import { expect, test } from 'playwright/test'
import { createManualClock, settled } from '../../e2e/fakes/core'
import type { Reply } from '../wire/reply'
import type { Tracking } from '../tracking/contracts'
import { createServerSettings } from './serverSettings'

/** Settings on a page whose storage takes its time, and a server that answers when it is told to. */
const create = (department?: string) => {
  const clock = createManualClock()
  const values = new Map<string, unknown>()
  const answers: ((reply: Reply) => void)[] = []
  const writes: (() => void)[] = []
  const learned: unknown[] = []
  const learnedWays: string[] = []
  const departments: (string | null)[] = []
  let slow = false
  let reads = 0
  const tracking = {
    clock,
    name: 'tagalong-test',
    server: 'https://chat.example.com',
    options: { department },
    permission: { mayStore: () => true },
    guard: (run: unknown) => run,
    lock: () => ({ hold: (run: () => Promise<unknown>) => run() }),
    journal: { write: () => undefined },
    posting: { way: () => learnedWays[0], learn: (way: string) => void learnedWays.push(way) },
    visitor: { current: () => undefined },
    visits: { learn: (kept?: { config?: unknown }) => void learned.push(kept?.config) },
    send(url: string) {
      departments.push(new URL(url).searchParams.get('department'))
      return new Promise<Reply>((resolve) => answers.push(resolve))
    },
    storage: {
      async get(key: string) {
        reads++
        return values.get(key)
      },
      update: async (key: string, change: (old: unknown) => unknown) => {
        if (slow) await new Promise<void>((resolve) => writes.push(resolve))
        const value = change(values.get(key))
        values.set(key, value)
        return value
      },
    },
    // Only what the settings need of tracking is here.
  } as unknown as Tracking
  const settings = createServerSettings(tracking, () => {})
  const reply = (config: object | undefined, failure = 503): Reply => ({
    status: config ? 200 : failure,
    text: JSON.stringify({ success: !!config, config }),
  })
  return {
    settings,
    clock,
    asked: () => answers.length,
    reads: () => reads,
    learned,
    learnedWays,
    /** The department of each question. */
    departments,
    async answer(config: object | undefined, failure?: number) {
      answers.at(-1)!(reply(config, failure))
      await settled()
    },
    slow: (is: boolean) => {
      slow = is
      if (!is) writes.splice(0).forEach((write) => write())
    },
  }
}

/** The same with a copy that has just come. */
const createKept = async () => {
  const made = create()
  const first = made.settings.fresh(0)
  await settled()
  await made.answer({ online: true })
  await first
  return made
}

test('two who ask at once are answered by one question', async () => {
  const { settings, asked, answer } = create()
  const both = Promise.all([settings.fresh(0), settings.fresh(30_000)])
  await settled()
  await answer({ enabled: true })
  expect((await both).map((copy) => copy?.config)).toEqual([{ enabled: true }, { enabled: true }])
  expect(asked()).toBe(1)
})

test('who comes while an answer is being put away gets one all the same', async () => {
  const { settings, clock, asked, answer, slow } = create()
  const first = settings.fresh(600_000)
  await settled()
  slow(true)
  await answer({ online: false })
  await clock.advance(10)
  const second = settings.fresh(0)
  await settled()
  slow(false)
  await settled()
  expect((await first)?.config).toEqual({ online: false })
  await answer({ online: true })
  expect((await second)?.config).toEqual({ online: true })
  expect(asked()).toBe(2)
})

test('a server that says nothing is asked once by each who must know, and gives nothing that is older', async () => {
  const { settings, clock, asked, answer } = await createKept()
  await clock.advance(60_000)
  const second = settings.fresh(30_000)
  await settled()
  await answer(undefined)
  expect([await second, asked()]).toEqual([undefined, 2])
  expect((await settings.cached())?.config).toEqual({ online: true })
})

test('a page that comes looks at the stored copy once', async () => {
  const { settings, asked, reads } = await createKept()
  const before = reads()
  await Promise.all([settings.cached(), settings.fresh(600_000), settings.fresh(600_000)])
  expect([reads() - before, asked()]).toEqual([1, 1])
})

test('what is read or answered is told to the lane of visits, which need not look itself', async () => {
  const { settings, learned } = await createKept()
  expect(learned).toEqual([{ online: true }])
  learned.splice(0)
  await settings.cached()
  expect(learned).toEqual([{ online: true }])
})

const listing = (online: boolean) => ({ online, departments: [{ _id: 'd1', name: 'Sales' }] })

test('a department that the host names is asked for by its id, at first as soon as the list has come', async () => {
  const { settings, clock, departments, answer } = create('Sales')
  const first = settings.fresh(0)
  await settled()
  await answer(listing(false))
  await answer(listing(true))
  expect((await first)?.config).toEqual(listing(true))
  await clock.advance(60_000)
  const second = settings.fresh(0)
  await settled()
  await answer(listing(true))
  expect((await second)?.config).toEqual(listing(true))
  expect(departments).toEqual([null, 'd1', 'd1'])
})

test('a department that the server does not list is not asked for', async () => {
  const { settings, departments, answer } = create('Nobody')
  const first = settings.fresh(0)
  await settled()
  await answer(listing(true))
  expect([(await first)?.config, departments]).toEqual([listing(true), [null]])
})

test('a server that refuses every department, as those below 3.0, is asked once without', async () => {
  const { settings, clock, departments, answer } = create('Sales')
  const first = settings.fresh(0)
  await settled()
  await answer(listing(true))
  await answer(undefined, 400)
  expect((await first)?.config).toEqual(listing(true))
  await clock.advance(60_000)
  const second = settings.fresh(0)
  await settled()
  await answer(undefined, 400)
  await answer(listing(false))
  expect((await second)?.config).toEqual(listing(false))
  expect(departments).toEqual([null, 'd1', 'd1', null])
})

test('a server whose settings offer calls as only old ones do is known to read no simple request', async () => {
  const call = { i18nLabel: 'Accept', method_id: 'createLivechatCall' }
  const newer = { i18nLabel: 'Accept' }
  for (const [actionLinks, ways] of [
    [[call], ['proper']],
    [{ webrtc: [{ method_id: 'joinLivechatWebRTCCall' }], jitsi: [call] }, ['proper']],
    [{ webrtc: [{ method_id: 'joinLivechatWebRTCCall' }], jitsi: [newer] }, []],
    [{ jitsi: [newer] }, []],
    [undefined, []],
  ] as const) {
    const { settings, answer, learnedWays } = create()
    void settings.fresh(0)
    await settled()
    await answer({ online: true, theme: { actionLinks } })
    expect(learnedWays, JSON.stringify(actionLinks)).toEqual(ways)
  }
})
