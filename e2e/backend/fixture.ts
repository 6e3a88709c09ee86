import { test as base } from 'playwright/test'
import { createDoor } from '../testing/door.ts'
import { createBackend, type Backend, type BackendOptions, type Entry, type Message } from './index.ts'

/** What a test reads of an answer is what the test is about: a wrong guess fails there. */
type Json = any

interface JsonResponse {
  status: number
  headers: Headers
  text: string
  /** Undefined when the answer is no JSON. */
  body: Json
}

/** A livechat server with its calls, for tests over HTTP. A path that begins with `/` is no route of livechat. */
export interface Server extends Backend {
  get(path: string, headers?: Record<string, string>): Promise<JsonResponse>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<JsonResponse>
  put(path: string, body: unknown, headers?: Record<string, string>): Promise<JsonResponse>
  remove(path: string, body?: unknown): Promise<JsonResponse>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<JsonResponse>
  /** At the control door. */
  ask(method: string, path: string, body?: unknown): Promise<Json>
  settings(change: unknown): Promise<Json>
  faults(faults: unknown): Promise<Json>
  agent(action: unknown): Promise<Json>
  ledger(): Promise<Entry[]>
  visits(): Promise<Message[]>
}

export async function openServer(options: BackendOptions = {}): Promise<Server> {
  const backend: Backend = await createBackend(options)
  const api = `${backend.origin}/api/v1/livechat/`

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<JsonResponse> {
    const response = await fetch(path.startsWith('/') ? backend.origin + path : api + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : undefined) as Json,
    }
  }

  const { ask, ledger } = createDoor(backend.control)

  return {
    ...backend,
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body, headers) => call('POST', path, body, headers),
    put: (path, body, headers) => call('PUT', path, body, headers),
    remove: (path, body) => call('DELETE', path, body),
    call,
    ask,
    settings: (change) => ask('PUT', 'settings', change),
    faults: (faults) => ask('PUT', 'faults', faults),
    agent: (action) => ask('POST', 'agent', action),
    ledger,
    visits: async () => (await ask<{ visits: Message[] }>('GET', 'visits')).visits,
  }
}

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
