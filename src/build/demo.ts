import { createBuilder, runnerImport, type Plugin, type ViteDevServer } from 'vite'

interface Places {
  origin: string
  control: string
}

/** Where the livechat server and its control door are, put into a page. */
const withPlaces = (html: string, { origin, control }: Places): string =>
  html.replace(/%TAGALONG_(SERVER|CONTROL)%/g, (_all, name: string) => (name === 'SERVER' ? origin : control))

/** The demo page, which knows where its server is; the bare address leads to it. */
export const demoPage = (places: () => Places): Plugin => ({
  name: 'tagalong-demo-page',
  apply: 'serve',
  configureServer(server) {
    server.middlewares.use((request, response, next) =>
      request.url === '/' ? void response.writeHead(302, { location: '/demo.html' }).end() : next(),
    )
  },
  transformIndexHtml: (html) => withPlaces(html, places()),
})

/** `npm start`: builds, builds again on change, and starts the embedded livechat server beside the demo page. */
export const demo = (): Plugin[] => {
  let places: Places | undefined
  const beside: Plugin = {
    name: 'tagalong-demo',
    apply: 'serve',
    async configureServer(server: ViteDevServer) {
      const build = async () => (await createBuilder({ logLevel: 'warn' })).buildApp()
      await build()
      const { module } = await runnerImport<typeof import('../../e2e/backend/index.ts')>('./e2e/backend/index.ts')
      const backend = await module.createBackend({
        port: +(process.env.TAGALONG_PORT ?? 3010),
        controlPort: +(process.env.TAGALONG_CONTROL_PORT ?? 3011),
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
        server.config.logger.info(`  Livechat server: ${backend.origin}\n  Control door:    ${backend.control}\n`)
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
