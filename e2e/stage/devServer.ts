/** Vite's development server on an application of the routers' folder, as its author has it open all day. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Plugin } from 'vite'
import { hostConfig, hostFolder, loadPlugins } from './host.ts'
import { htmlOf, type HostPage } from './site.ts'

export interface DevServer {
  origin: string
  /** Renders an application on this server, by what the module hands out as `render`. */
  render(module: string): Promise<string>
  /** From now on a file has this in the place of something else. */
  edit(file: string, from: string, to: string): Promise<void>
  stop(): Promise<void>
}

export interface DevApplication {
  /** The address of the livechat server. */
  server: string
  /** The folder of the application in `adapters`. */
  folder: string
  /** The adapter it imports. */
  adapter: string
  /** What every page is. */
  page(render: DevServer['render']): Promise<HostPage>
}

/** The applications, to be edited: where their packages are found, and git does not look. */
const copyApplications = async (): Promise<string> => {
  await mkdir(`${hostFolder}/dist`, { recursive: true })
  const root = await mkdtemp(`${hostFolder}/dist/edited-`)
  await cp(`${hostFolder}/adapters`, `${root}/adapters`, { recursive: true })
  return root
}

export const startDevServer = async ({ server, folder, adapter, page }: DevApplication): Promise<DevServer> => {
  // Whatever was built in this process before has left it `production`, where nothing is reloaded.
  process.env.NODE_ENV = 'development'
  const root = await copyApplications()
  const config = await hostConfig({ mode: 'development', server })
  const { react } = await loadPlugins()
  const pages: Plugin = {
    name: 'pages',
    configureServer: (vite) => () =>
      void vite.middlewares.use(async (_request, response) => {
        response.setHeader('content-type', 'text/html')
        response.end(await vite.transformIndexHtml('/', htmlOf(await page(render))))
      }),
  }
  const vite = await createServer({
    ...config,
    root,
    appType: 'custom',
    cacheDir: `${root}/.vite`,
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
    // As an installed package is: bundled once, before the first page.
    optimizeDeps: { include: [`@tagalong/livechat/${adapter}`], entries: [`adapters/${folder}/*.{js,jsx}`] },
    plugins: [react(), ...config.plugins, pages],
  })
  const render: DevServer['render'] = async (module) =>
    // The modules that render say so.
    ((await vite.ssrLoadModule(module)) as { render(): Promise<string> }).render()
  await vite.listen()
  return {
    origin: vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '',
    render,
    async edit(file, from, to) {
      const before = await readFile(`${root}/adapters/${file}`, 'utf8')
      if (!before.includes(from)) throw new Error(`${file} has no ${from}`)
      await writeFile(`${root}/adapters/${file}`, before.replace(from, to))
    },
    async stop() {
      await vite.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
