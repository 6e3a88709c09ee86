/** Vite as an application has it that installs the package: beside the frameworks of the routers' folder. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Alias, InlineConfig, Plugin } from 'vite'

export const hostFolder = resolve('e2e/hosts/routers')

export interface Host {
  mode: 'development' | 'production'
  /** Packages in the place of others. */
  inPlace?: Record<string, string>
  /** The livechat server of the test, in the place of the one that the sources name. */
  server?: string
}

/** Of these an application has one copy, which the package's adapters use as well: npm sees to that where it installs the package. */
const dedupe = ['react', 'vue', '@preact/signals-core']

interface HostPlugins {
  react(): Plugin[]
  vue(): Plugin
  svelte(options: { configFile: false }): Plugin[]
}
export const loadPlugins = () => import(pathToFileURL(`${hostFolder}/plugins.js`).href) as Promise<HostPlugins>

const nameServer = (server: string): Plugin => ({
  name: 'server',
  transform: (code) => code.replaceAll('https://chat.example.com', server),
})

export const hostConfig = async ({ mode, inPlace = {}, server }: Host) => {
  const { vue, svelte } = await loadPlugins()
  const replaced = Object.entries(inPlace).map(([name, other]): Alias => ({
    find: new RegExp(`^${name}(/.*)?$`),
    replacement: `${hostFolder}/node_modules/${other}$1`,
  }))
  return {
    root: hostFolder,
    configFile: false,
    logLevel: 'error',
    mode,
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: mode === 'development' } },
    resolve: {
      dedupe,
      alias: [
        ...replaced,
        { find: /^@tagalong\/livechat$/, replacement: resolve('dist/npm/index.js') },
        { find: /^@tagalong\/livechat\/(\w+)$/, replacement: resolve('dist/npm/$1.js') },
      ],
    },
    plugins: [vue(), ...svelte({ configFile: false }), ...(server ? [nameServer(server)] : [])],
  } satisfies InlineConfig
}
