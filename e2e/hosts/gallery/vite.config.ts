import { defineConfig } from 'vite'
import { fileURLToPath } from 'node:url'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Every screen of the widget with canned data: `npx vite -c e2e/hosts/gallery/vite.config.ts`. */
export default defineConfig({
  root: here('.'),
  cacheDir: here('../../../node_modules/.vite/gallery'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { port: 5199, fs: { allow: [here('../../..')] } },
})
