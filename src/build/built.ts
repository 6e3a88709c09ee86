import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the files under `dist` are made of. A folder is as new as the last file added to it or removed from it. */
const sources = [
  ...['src', 'vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'],
  // The testing kit, with the server, the desk and the shop.
  ...['e2e/testing', 'e2e/backend', 'e2e/desk', 'e2e/shop', 'demo.html', 'public'],
]
/** The build writes this file last. */
const last = 'dist/snippet.html'

const newest = (path: string): number => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Whether `dist` holds what these sources give. */
export const isBuilt = (): boolean => existsSync(last) && statSync(last).mtimeMs >= Math.max(...sources.map(newest))
