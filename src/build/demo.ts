import { createServer } from 'node:net'
import { createBuilder, runnerImport, type Plugin, type ViteDevServer } from 'vite'
import { withPlaces, type Places } from '../../e2e/backend/control/site.ts'

/** The demo page, which knows where its server is; the bare address leads to it. */
export const demoPage = (places: () => Omit<Places, 'script'>): Plugin => ({
  name: 'tagalong-demo-page',
  apply: 'serve',
  configureServer(server) {
    server.middlewares.use((request, response, next) =>
      request.url === '/' ? void response.writeHead(302, { location: '/demo.html' }).end() : next(),
    )
  },
  transformIndexHtml(html) {
    const { origin, control } = places()
    return withPlaces(html, { origin, control, script: `${origin}/cdn/tagalong.js` })
  },
})

/** The port that is wanted, or the next that nobody listens on. */
const freePort = async (wanted: number): Promise<number> => {
  for (let port = wanted; port < wanted + 20; port++) {
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer()
        .once('error', () => resolve(false))
        .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (isFree) return port
    console.log(`Port ${port} is taken: trying ${port + 1}. (TAGALONG_PORT and TAGALONG_CONTROL_PORT choose others.)`)
  }
  throw new Error(`No port is free from ${wanted} on: set TAGALONG_PORT and TAGALONG_CONTROL_PORT to others.`)
}

/** `npm start`: builds, builds again on change, and starts the embedded livechat server beside the demo page. */
export const demo = (): Plugin[] => {
  let places: Omit<Places, 'script'> | undefined
  const beside: Plugin = {
    name: 'tagalong-demo',
    apply: 'serve',
    async configureServer(server: ViteDevServer) {
      const build = async () => (await createBuilder({ logLevel: 'warn' })).buildApp()
      console.log('Building the widget: this takes about half a minute.')
      await build()
      console.log('Starting the livechat server.')
      const { module } = await runnerImport<typeof import('../../e2e/backend/index.ts')>('./e2e/backend/index.ts')
      const port = await freePort(+(process.env.TAGALONG_PORT ?? 3010))
      const backend = await module.createBackend({
        port,
        controlPort: await freePort(+(process.env.TAGALONG_CONTROL_PORT ?? port + 1)),
        controlToken: process.env.TAGALONG_CONTROL_TOKEN,
        staticFolder: 'dist',
      })
      places = backend
      server.httpServer?.once('close', () => void backend.stop())
      let timer: NodeJS.Timeout | undefined
      let building: Promise<void> | undefined
      server.watcher.on('change', (file) => {
        if (!/\/src\/(?!build\/)/.test(file)) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          building = (building ?? Promise.resolve()).then(build).then(
            () => server.ws.send({ type: 'full-reload' }),
            (error: unknown) => server.config.logger.error(String(error)),
          )
        }, 200)
      })
      const { printUrls } = server
      server.printUrls = () => {
        printUrls()
        server.config.logger.info(
          `  Livechat server: ${backend.origin}\n  Control API:     ${backend.control}\n\n  To try it on a page of your own, paste:\n  <script async src="${backend.origin}/cdn/tagalong.js" data-server="${backend.origin}"></script>\n`,
        )
      }
    },
  }
  return [
    demoPage(() => {
      if (!places) throw new Error('The livechat server has not started.')
      return places
    }),
    beside,
  ]
}
