import { expect, test } from 'playwright/test'
import { createManualClock, settled } from '../../e2e/fakes/clock'
import type { Page, PageEvent } from './ports'
import type { LaneRecord } from '../tracking/stored'
import type { Tracking } from '../tracking/contracts'
import { joinTabs } from '../launcher/joinTabs'
import { shareLane } from '../visitor/sharedLane'
import { createStorage } from '../tracking/storage'
import { createMemory } from './memory'
import { createTabs } from './tabs'

/** Channels of one name hear each other, never themselves. */
class Channel {
  static open = new Set<Channel>()
  onmessage?: (event: { data: unknown }) => void
  constructor() {
    Channel.open.add(this)
  }
  postMessage(data: unknown) {
    for (const each of Channel.open) if (each !== this) each.onmessage?.({ data })
  }
  close() {
    Channel.open.delete(this)
  }
}
test.beforeEach(() => {
  Channel.open.clear()
  Object.defineProperty(globalThis, 'BroadcastChannel', { value: Channel, configurable: true })
})

const tab = (isOver = false) => {
  const listeners = new Set<(event: PageEvent) => void>()
  const heard: string[] = []
  let visited = () => {}
  const page: Page = {
    visible: () => true,
    parsed: () => true,
    listen() {},
    observe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
  }
  const tabs = createTabs('shop', page, () => isOver)
  const tracking = {
    page,
    tabs,
    guard: (run: () => unknown) => run,
    on: (_event: string, listener: () => void) => (visited = listener),
    visits: { check: () => heard.push('look'), wake: () => heard.push('wake') },
    visitor: { change: () => heard.push('change') },
    startAfresh: async () => void heard.push('afresh'),
  } as unknown as Tracking
  return {
    tracking,
    heard,
    visit: () => visited(),
    fire: (event: PageEvent) => listeners.forEach((listener) => listener(event)),
  }
}

test('a tab that has stored a visit tells the others, who look and undo nothing that holds them', () => {
  const [one, two] = [tab(), tab()]
  for (const { tracking } of [one, two]) joinTabs(tracking)
  one.visit()
  expect([one.heard, two.heard]).toEqual([[], ['look']])
})

test('who the visitor is, and that they are forgotten, is heard by the other tabs', async () => {
  const [one, two] = [tab(), tab()]
  for (const { tracking } of [one, two]) joinTabs(tracking)
  one.tracking.tabs!.post('visitor')
  one.tracking.tabs!.post('forget')
  await settled()
  expect([one.heard, two.heard]).toEqual([[], ['change', 'afresh']])
})

test('there is one channel for a page, none while it is away, and who comes back asks who the visitor is by now', async () => {
  const { tracking, heard, fire } = tab()
  joinTabs(tracking)
  expect(Channel.open.size).toBe(1)
  fire('leave')
  await settled()
  expect(Channel.open.size).toBe(0)
  fire('restore')
  expect([Channel.open.size, heard]).toEqual([1, ['change']])
})

test('what comes after the end opens no channel', () => {
  joinTabs(tab(true).tracking)
  expect(Channel.open.size).toBe(0)
})

test('of a lane of the chat the others hear once its record is stored', async () => {
  const [one, two] = [tab(), tab()].map(({ tracking }) => tracking.tabs!)
  const heard: string[] = []
  const values = new Map<string, unknown>()
  const delivery = (name: string) => ({
    check: () => void heard.push(`${name} looks${values.size ? ', and it is stored' : ''}`),
    wake: () => {},
    remove: async () => {},
  })
  const storage = createStorage({
    database: createMemory(values),
    clock: createManualClock(),
    overlayMemory: () => Promise.reject(),
    isDormant: false,
  })
  const shared = shareLane<LaneRecord>({ storage, tabs: one! }, { name: 'message' }, delivery('one'))
  shareLane<LaneRecord>({ storage, tabs: two! }, { name: 'message' }, delivery('two'))
  await shared.put({ id: 'a', at: 1 })
  expect(heard).toEqual(['one looks, and it is stored', 'two looks, and it is stored'])
})
