/** Our `test`: a livechat server, a customer's site and a visitor. Specs import this file and the stage, and speak in their verbs. */
import { expect, test as base, type BrowserContext, type Page } from 'playwright/test'
import { createBackend } from './backend/index.ts'
import { createMachine, type Machine } from './stage/machine.ts'
import { findRefusedCalls } from './stage/schemas.ts'
import { createServer, type Server } from './stage/server.ts'
import { createSite, type HostPage, type Site } from './stage/site.ts'
import { createTab, type Tab } from './stage/tab.ts'

export { expect }
export type { Page }
export { demoAgent } from './backend/index.ts'
export type { Entry } from './backend/index.ts'
export { trail, type Server, type StoredVisit } from './stage/server.ts'
export type { Tab } from './stage/tab.ts'

export interface Visitor extends Tab {
  context: BrowserContext
  /** Another tab of the same browser. */
  tab(): Promise<Tab>
}

interface Fixtures {
  machine: Machine
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
  visitor: Visitor
  /** What the console of any tab said. */
  said: string[]
}

export const test = base.extend<Fixtures>({
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
  said: async ({ context }, use) => {
    const said: string[] = []
    context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
    context.on('weberror', (error) => said.push(`uncaught: ${error.error().message}`))
    await use(said)
  },
  machine: async ({ site }, use) => {
    const machine = await createMachine(site)
    await use(machine)
    await machine.stop()
  },
  visitor: async ({ context, site, said: _said }, use) => {
    const tab = async () => createTab(await context.newPage(), site)
    await use({ ...(await tab()), context, tab })
  },
})
