/** The powers of the browser as the other parts see them: types only. Tests hand the parts a double of each. */
import type { Answer } from '../wire/answer'
import type { Reply } from '../wire/reply'

export type Undo = () => void

export interface Clock {
  now(): number
  /** Runs once, unless it is undone before; undoing it again does nothing. */
  after(delayMs: number, run: () => void): Undo
}

/** `asleep` comes after `leave` where the document goes on existing, frozen or in the back/forward cache, until `restore`. */
export type PageEvent = 'visible' | 'hidden' | 'leave' | 'asleep' | 'restore' | 'online' | 'offline' | 'parsed'

export interface Page {
  visible(): boolean
  /** The document's parser has finished. */
  parsed(): boolean
  observe(listener: (event: PageEvent) => void): Undo
  /** Listens to the browser again: a page that calls `document.open()` has taken every listener away. Harmless where it has not. */
  listen(): void
}

/** Where things are kept. It rejects what it cannot do: without a reason when the browser gave no answer at all. */
export interface Database {
  get(key: string): Promise<unknown>
  /** In one transaction; a change to undefined deletes the key. */
  update(key: string, change: (old: unknown) => unknown): Promise<unknown>
  /** Deletes everything under the prefix. */
  clear(prefix: string): Promise<unknown>
  /** Of values that carry the rest of their key as `id`, in the order of keys. */
  list(prefix: string, limit?: number): Promise<unknown[]>
}

/** In memory, over a database that does not do as it is told. */
export interface MemoryOverlay extends Database {
  has(key: string): boolean
  leave(key: string): void
}

/** The kind of a change of the address, where the browser tells. */
export type AddressChange = 'push' | 'replace' | 'traverse' | 'reload'

/** A click, the submitting of a form, or the browser's own word, which alone has a type: with `replace` the other page takes this one's place in the tab's history. */
export interface DepartureSign extends Event {
  navigationType?: AddressChange
}

/** Signs that the tab is on its way to another page. */
export interface Departures {
  /** `event` has sent the tab to this address, unless somebody prevents it. */
  expect(event: Event, href: string): void
  /** What sends the tab to another page of this site, if anything does. */
  toOwnSite(): DepartureSign | undefined
}

/** Keys are text. Never throws: what storage refuses is kept in memory. */
export interface Store {
  get<T>(key: string): Promise<T | undefined>
  /** Atomic across tabs. Returning undefined deletes the key. Resolves with the new value. */
  update<T>(key: string, change: (old: T | undefined) => T | undefined): Promise<T | undefined>
  /** Of values that carry the rest of their key as `id`, in the order of keys. */
  list<T>(prefix: string, limit?: number): Promise<T[]>
  /** Deletes everything under the prefix; a whole key deletes that one. */
  clear(prefix: string): Promise<void>
  /** Only in memory: the database refused it. */
  volatile(key: string): boolean
  /** Gives up what is only in memory; what the database has stays as it is. */
  leave(key: string): void
}

export interface Storage extends Store {
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
}

export interface Lock {
  /** Waits for the lock, runs, releases. Given up when the page leaves or freezes; resolves either way. */
  hold(run: () => Promise<void>): Promise<void>
}

export interface Tabs {
  post(topic: string, data?: unknown): void
  /** Called for messages of the other tabs, never of this one. */
  observe(topic: string, listener: (data: unknown) => void): Undo
}

/**
 * Synchronous notes beside the database: a page may be gone before the database has opened, and a renderer killed that early loses what it
 * had asked the database to keep. Every note is small and is removed as soon as the database has what it says.
 */
export interface Journal {
  /** True when the note is kept. */
  write(key: string, value: unknown): boolean | undefined
  read<T>(key: string): T | undefined
  remove(key: string): void
  /** Every key that begins so, without the journal's own prefix. */
  keys(start: string): string[]
}

/** The document's title without our own unread badge, and its changes. */
export interface Title {
  read(): string
  /** What the title was before the task that is now running: a router may write the next page's title just before its address. */
  before(): string
  watch(observer: MutationObserver): void
  /** One listener at a time, which is called with the title before the change; without one, nothing is watched. */
  listen(listener?: (titleBefore: string) => void): void
}

/** One request. Whatever happens is a reply, never an exception. */
export type Send = (url: string, init?: RequestInit, timeoutMs?: number) => Promise<Reply>

export interface CallOptions {
  query?: Record<string, string | number | undefined>
  body?: object | undefined
  headers?: Record<string, string>
  timeoutMs?: number
  signal?: AbortSignal
}

export interface Transport {
  /** `path` is relative to `<server>/api/v1/`, or absolute under the server when it begins with `/`. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>
}
