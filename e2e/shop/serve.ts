import type { AddressInfo } from 'node:net'
import { createServer } from 'vite'
import { createBackend } from '../backend/index.ts'
import { demoPage } from '../../src/build/demo.ts'
import { needed } from '../stage/needed.ts'

/** The shop with the desk beside it, as `npm start` serves it, for a livechat server that runs already. */
export const serveShop = async (places: { origin: string; control: string }) => {
  const vite = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'mpa',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    plugins: [demoPage(() => places)],
  })
  await vite.listen()
  const { port } = needed(vite.httpServer, 'http server').address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, stop: () => vite.close() }
}

/** The same with a livechat server of its own behind it. */
export const serveDemo = async () => {
  const backend = await createBackend({ staticFolder: 'dist' })
  const shop = await serveShop(backend)
  return {
    origin: shop.origin,
    async stop() {
      await shop.stop()
      await backend.stop()
    },
  }
}
