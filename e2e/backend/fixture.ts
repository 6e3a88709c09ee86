import { test as base } from 'playwright/test'
import { createBackend, type Backend, type BackendOptions, type Entry, type Message } from './index.ts'

type Json = any

/** A server of one's own with its verbs, for tests over HTTP. */
export async function openServer(options: BackendOptions = {}) {
  const backend: Backend = await createBackend(options)
  const api = `${backend.origin}/api/v1/livechat/`

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(path.startsWith('/') ? backend.origin + path : api + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : undefined) as Json }
  }

  async function ask(method: string, path: string, body?: unknown): Promise<Json> {
    const response = await fetch(`${backend.control}/control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: Json = await response.json()
    if (!response.ok) throw new Error(answer.error)
    return answer
  }

  return {
    ...backend,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
    post: (path: string, body: unknown, headers?: Record<string, string>) => call('POST', path, body, headers),
    put: (path: string, body: unknown, headers?: Record<string, string>) => call('PUT', path, body, headers),
    remove: (path: string, body?: unknown) => call('DELETE', path, body),
    call,
    ask,
    settings: (change: unknown) => ask('PUT', 'settings', change),
    faults: (faults: unknown) => ask('PUT', 'faults', faults),
    agent: (deed: unknown) => ask('POST', 'agent', deed),
    ledger: async () => ((await ask('GET', 'ledger')) as { entries: Entry[] }).entries,
    visits: async () => ((await ask('GET', 'visits')) as { visits: Message[] }).visits,
  }
}

export type Server = Awaited<ReturnType<typeof openServer>>

export const test = base.extend<{ server: Server }>({
  // Playwright reads the names of what a fixture needs from this pattern, so it must stand here even when empty.
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await openServer()
    await use(server)
    await server.stop()
  },
})

export { expect } from 'playwright/test'
