import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { noticeComment } from './notices.ts'

/** The command fetches the built testing kit, instead of carrying a copy of it. */
export const isKit = (id: string): boolean => id.endsWith('/e2e/testing/index.ts')

/** The pages of the testing kit: the desk and the demo. */
export const siteFolder = 'dist/testing/site'

/** The demo's pictures. What lies deeper in `public` is README's. */
export const copyPictures = (): void => {
  for (const entry of readdirSync('public', { withFileTypes: true }))
    if (entry.isFile()) copyFileSync(join('public', entry.name), join(siteFolder, entry.name))
}

/** A comment in each file with somebody else's code, as our minifiers write into those that pages download. Vite's own comes before it, and would take it out. */
export const nameNotices = (environments: string[]): Plugin => ({
  name: 'tagalong-notices',
  apply: 'build',
  applyToEnvironment: ({ name }) => environments.includes(name),
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') file.code += noticeComment(file.moduleIds, file.fileName)
  },
})
