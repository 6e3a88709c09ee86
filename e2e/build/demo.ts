import { createBuilder, runnerImport, type Plugin, type ViteDevServer } from 'vite'

const controlPath = /%TAGALONG_(SERVER|CONTROL)%/g

/** `npm start`: builds, builds again on change, and starts the embedded livechat server beside the demo page. */
export const demo = (): Plugin => {
  let places: { origin: string; control: string } | undefined
  return {
    name: 'tagalong-demo',
    apply: 'serve',
    async configureServer(server: ViteDevServer) {
      const build = async () => (await createBuilder({ logLevel: 'warn' })).buildApp()
      await build()
      const { module } = await runnerImport<typeof import('../backend/index.ts')>('./e2e/backend/index.ts')
      const backend = await module.createBackend({ port: +(process.env.TAGALONG_PORT ?? 3010), controlPort: +(process.env.TAGALONG_CONTROL_PORT ?? 3011), staticFolder: 'dist' })
      places = backend
      server.httpServer?.once('close', () => void backend.stop())
      let timer: NodeJS.Timeout | undefined
      let building: Promise<void> | undefined
      server.watcher.on('change', (file) => {
        if (!/\/src\//.test(file)) return
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
    transformIndexHtml: (html) => html.replace(controlPath, (_all, name: string) => (name === 'SERVER' ? places!.origin : places!.control)),
  }
}
