/** What every test stands on, in any engine: a livechat server and a customer's site. */
import { expect, test as base } from 'playwright/test'
import { createBackend } from '../backend/index.ts'
import { findRefusedCalls } from './schemas.ts'
import { createServer, type Server } from './server.ts'
import { createSite, type HostPage, type Site } from './site.ts'

interface Ground {
  /** The server keeps its state over a restart. */
  kept: boolean
  /** Files come as a content network sends them: brotli, and kept by browsers. */
  compress: boolean
  server: Server & {
    /** Stops, and starts again at the same address. */
    restart(): Promise<void>
  }
  site: Site
  /** The origin of somebody else's website, which knows nothing of us. */
  elsewhere: string
  /** The one line a customer pastes, for this test's server. */
  tag: (attributes?: string, file?: string) => string
}

export const ground = base.extend<Ground>({
  kept: [false, { option: true }],
  compress: [false, { option: true }],
  server: async ({ kept, compress }, use, info) => {
    const options = { staticFolder: 'dist', compress, dataFolder: kept ? info.outputPath('server') : undefined }
    let backend = await createBackend(options)
    const port = Number(new URL(backend.origin).port)
    const door = new URL(backend.control)
    const server = createServer(backend)
    await use({
      ...server,
      async restart() {
        await backend.stop()
        backend = await createBackend({
          ...options,
          port,
          controlPort: Number(door.port),
          controlToken: door.pathname.slice(1),
        })
        // A connection kept from before fails once.
        await fetch(backend.control).catch(() => undefined)
      },
    })
    const refused = await findRefusedCalls(await server.ledger('/api/v1/livechat/'))
    await backend.stop()
    // Whatever the widget asked in any spec, Rocket.Chat's own request schemas take it.
    expect(refused).toEqual([])
  },
  tag: async ({ server }, use) => {
    await use(
      (attributes = '', file = 'tagalong.js') =>
        `<script async src="${server.cdn}/${file}" data-server="${server.origin}" ${attributes}></script>`,
    )
  },
  site: async ({ tag }, use) => {
    const site = await createSite((path): HostPage => ({
      title: `Page ${path}`,
      head: tag(),
      body: `<h1>${path}</h1>`,
    }))
    await use(site)
    await site.stop()
  },
  elsewhere: async ({}, use) => {
    const other = await createSite(() => ({ title: 'Elsewhere', body: '<h1>Elsewhere</h1>' }))
    await use(other.origin)
    await other.stop()
  },
})
