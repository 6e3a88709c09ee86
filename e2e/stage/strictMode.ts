/** A React application in its development build, whose StrictMode runs every effect, cleans it up and runs it again. */
import { resolve } from 'node:path'
import { build } from 'vite'

const root = 'e2e/hosts/routers'
const id = 'entry.js'

/** Runs in the page. */
const entry = `
import { createElement, StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createTagalong } from '${resolve('dist/npm/index.js')}'
import { createTracker } from '${resolve('dist/npm/tracker.js')}'

const mountEffect = (effect) => {
  const App = () => {
    useEffect(effect, [])
    return null
  }
  createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(StrictMode, null, createElement(App)))
}
const mountStrict = (server, cleansUp) =>
  mountEffect(() => {
    const chat = createTagalong({ server })
    return cleansUp ? () => chat.destroy() : undefined
  })
Object.assign(window, { createTagalong, createTracker, mountEffect, mountStrict })
`

/** The text of its script, which leaves in the window what a test mounts. */
export const buildStrictMode = async (): Promise<string> => {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (name) => (name === id ? `${resolve(root)}/${id}` : undefined),
        load: (name) => (name.endsWith(`/${id}`) ? entry : undefined),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: id, output: { codeSplitting: false } } },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('Nothing was built')
  return output.output[0].code
}

declare global {
  interface Window {
    createTagalong: (typeof import('../../src/index.ts'))['createTagalong']
    createTracker: (typeof import('../../src/tracker.ts'))['createTracker']
    mountStrict(server: string, cleansUp: boolean): void
    mountEffect(effect: () => (() => void) | undefined): void
  }
}
