import { createBackend, type Entry } from '../../backend/index.ts'
import { createServer, type Server } from '../../stage/server.ts'
import { createSite, type HostPage, type Site } from '../../stage/site.ts'
import { createMeter, type Meter } from './meter.ts'
import type { Side } from './sides.ts'

export interface ServersOptions {
  side: Side
  frameFolder: string
  /** More of them on the widget's tag. */
  attributes?: string
  page?(path: string): HostPage
}

/** A server, and a customer's site with one of the widgets on it; below `/bare` without. */
export interface Servers extends Pick<Server, 'settings' | 'faults' | 'agent' | 'visits'> {
  side: Side
  site: Site
  meter: Meter
  /** The server's address, through the meter. */
  server: string
  /** Every call after this number, preflights too. */
  ledger(since?: number): Promise<Entry[]>
  stop(): Promise<void>
}

export const createServers = async ({
  side,
  frameFolder,
  attributes,
  page = (path) => ({ title: `Page ${path}`, body: `<h1>${path}</h1>` }),
}: ServersOptions): Promise<Servers> => {
  const backend = await createBackend({ staticFolder: 'dist', frameFolder, compress: true })
  const meter = await createMeter(+new URL(backend.origin).port)
  const site = await createSite((path) => {
    const given = page(path)
    if (path.startsWith('/bare')) return given
    return {
      ...given,
      head: `${side.head(meter.origin, attributes)}${given.head ?? ''}`,
      body: `${given.body ?? ''}${side.foot(meter.origin)}`,
    }
  })
  const { do: ask, settings, faults, agent, visits } = createServer(backend)
  await settings({ resources: { sound: `${meter.origin}/sounds/chime.wav`, emojis: [] } })
  return {
    side,
    site,
    meter,
    server: meter.origin,
    settings,
    faults,
    agent,
    visits,
    ledger: async (since = 0) => (await ask<{ entries: Entry[] }>('GET', `ledger?since=${since}`)).entries,
    async stop() {
      await site.stop()
      await meter.stop()
      await backend.stop()
    },
  }
}
