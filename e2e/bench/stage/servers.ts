import { createBackend, type Entry, type Fault } from '../../backend/index.ts'
import { createSite, type HostPage } from '../../stage/site.ts'
import { createMeter } from './meter.ts'
import type { Side } from './sides.ts'

export interface ServersOptions {
  side: Side
  frameFolder: string
  /** More of them on the widget's tag. */
  attributes?: string
  page?(path: string): HostPage
}

export interface StoredVisit {
  href: string
  title: string
  token: string
}

/** A server, and a customer's site with one of the widgets on it; below `/bare` without. */
export const createServers = async ({ side, frameFolder, attributes, page = (path) => ({ title: `Page ${path}`, body: `<h1>${path}</h1>` }) }: ServersOptions) => {
  const backend = await createBackend({ staticFolder: 'dist', frameFolder, compress: true })
  const meter = await createMeter(+new URL(backend.origin).port)
  const site = await createSite((path) => {
    const given = page(path)
    if (path.startsWith('/bare')) return given
    return { ...given, head: `${side.head(meter.origin, attributes)}${given.head ?? ''}`, body: `${given.body ?? ''}${side.foot(meter.origin)}` }
  })
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${backend.control}/control/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  await control('PUT', 'settings', { resources: { sound: `${meter.origin}/sounds/chime.wav`, emojis: [] } })
  return {
    side,
    site,
    meter,
    server: meter.origin,
    settings: (settings: Record<string, unknown>) => control('PUT', 'settings', settings),
    faults: (...faults: Fault[]) => control('PUT', 'faults', faults),
    agent: (does: Record<string, unknown>) => control('POST', 'agent', does),
    ledger: async (since = 0) => (await control('GET', `ledger?since=${since}`))['entries'] as Entry[],
    async visits(): Promise<StoredVisit[]> {
      const { visits } = (await control('GET', 'visits')) as unknown as { visits: { navigation: { token: string; page: { title: string; location: { href: string } } } }[] }
      return visits.map(({ navigation: { token, page: at } }) => ({ href: at.location.href, title: at.title, token }))
    },
    async stop() {
      await site.stop()
      await meter.stop()
      await backend.stop()
    },
  }
}
export type Servers = Awaited<ReturnType<typeof createServers>>
