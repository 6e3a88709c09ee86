/** In-memory twins of what the tabs of one browser share, and of a page that a test shows, hides and leaves. */
import type { Lock, Page, PageEvent, Tabs } from '../../src/browser/ports'

export interface FakePage extends Page {
  fire(event: PageEvent): void
}

export const createFakePage = (): FakePage => {
  const listeners = new Set<(event: PageEvent) => void>()
  let isVisible = true
  return {
    visible: () => isVisible,
    parsed: () => true,
    listen() {},
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fire(event) {
      if (event === 'hidden') isVisible = false
      if (event === 'visible') isVisible = true
      for (const listener of [...listeners]) listener(event)
    },
  }
}

type Hear = (from: Tabs, topic: string, data: unknown) => void

/** A channel between tabs: each hears the others a task later, never itself. */
export const createChannel = () => {
  const hearing = new Set<Hear>()
  return {
    join(): Tabs & { leave(): void } {
      const own = new Set<Hear>()
      const tabs = {
        post(topic: string, data?: unknown) {
          const copy: unknown = data === undefined ? undefined : structuredClone(data)
          setImmediate(() => hearing.forEach((hear) => hear(tabs, topic, copy)))
        },
        observe(topic: string, listener: (data: unknown) => void) {
          const hear: Hear = (from, postedTopic, data) => from !== tabs && postedTopic === topic && listener(data)
          hearing.add(hear)
          own.add(hear)
          return () => hearing.delete(hear)
        },
        leave: () => own.forEach((hear) => hearing.delete(hear)),
      }
      return tabs
    },
  }
}

/** Exclusive locks: one holder of a name after the other. A page that leaves lets go. */
export const createFakeLocks = () => {
  const queues = new Map<string, Promise<void>>()
  return (page: Page) =>
    (name: string): Lock => ({
      hold(run) {
        const left = new Promise<void>((resolve) => void page.observe((event) => event === 'leave' && resolve()))
        const held = (queues.get(name) ?? Promise.resolve())
          .then(() => Promise.race([run(), left]))
          .catch(() => undefined)
        queues.set(name, held)
        return held
      },
    })
}
