/** One document for tests of what watches it: its address, titles and events, in a time of its own. */
import type { Clock, Undo } from '../../src/browser/ports'
import { createChance } from '../model/chance'
import { createSessionStorage } from '../model/browser/storage'
import { createWindow, type Browser, type Window } from '../model/browser/window'
import { createScheduler, newOwner } from '../model/scheduler'

const borrowed = [
  'document',
  'location',
  'history',
  'MutationObserver',
  'addEventListener',
  'removeEventListener',
] as const

const none = (what: string): never => {
  throw new Error(`this document has no ${what}`)
}

export interface FakeDocumentOptions {
  engine?: Browser['engine']
  href?: string
  title?: string
  kind?: 'navigate' | 'reload' | 'back_forward'
  visible?: boolean
  parsed?: boolean
  local?: globalThis.Storage
  session?: globalThis.Storage
}

/** One document on the globals of this process, until it is left. */
export interface FakeDocument {
  window: Window
  clock: Clock
  local: globalThis.Storage
  session: globalThis.Storage
  /** Time passes. */
  pass(ms: number): Promise<void>
  /** As one task of the page, with all that follows from it. */
  task(run: () => void, ms?: number): Promise<void>
  leave: Undo
}

export const createFakeDocument = ({
  engine = 'navigation',
  href = 'https://shop.example/',
  title = 'Home',
  kind = 'navigate',
  visible = true,
  parsed = true,
  local = createSessionStorage(),
  session = createSessionStorage(),
}: FakeDocumentOptions = {}): FakeDocument => {
  const scheduler = createScheduler(createChance(7))
  const owner = newOwner()
  const browser: Browser = {
    scheduler,
    engine,
    secure: false,
    wallMs: scheduler.now,
    channels: new Map(),
    said: [],
    // Whoever only watches the document asks for none of these.
    database: { factory: () => ({ open: () => none('database') }) },
    locks: { of: () => none('locks') },
    network: { fetch: () => () => none('network'), online: () => true },
  }
  const identity = (_name: string, real: (...given: unknown[]) => unknown, given: unknown[]) => real(...given)
  const window = createWindow({
    browser,
    owner,
    href,
    title,
    kind,
    visible,
    parsed,
    local,
    session,
    planted: identity,
    pausing: false,
  })
  const kept = [...borrowed, 'navigation' as const].map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  )
  const { navigation } = window.globals.globalThis as { navigation?: unknown }
  for (const name of borrowed)
    Object.defineProperty(globalThis, name, { value: window.globals[name], configurable: true, writable: true })
  if (navigation)
    Object.defineProperty(globalThis, 'navigation', { value: navigation, configurable: true, writable: true })
  Object.defineProperty(performance, 'getEntriesByType', { value: () => [{ type: kind }], configurable: true })
  const clock: Clock = { now: () => Math.floor(scheduler.now()), after: (ms, run) => scheduler.later(ms, run, owner) }
  const leave: Undo = () => {
    owner.gone = true
    Reflect.deleteProperty(performance, 'getEntriesByType')
    for (const [name, own] of kept) {
      if (own) Object.defineProperty(globalThis, name, own)
      else Reflect.deleteProperty(globalThis, name)
    }
  }
  return {
    window,
    clock,
    local,
    session,
    pass: (ms) => scheduler.run(scheduler.now() + ms),
    async task(run, ms = 0) {
      scheduler.later(ms, run, owner)
      await scheduler.run(scheduler.now() + ms)
    },
    leave,
  }
}
