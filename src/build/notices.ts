import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Built } from './plugins.ts'

/** What the comment in a built file names, beside it in `dist`. */
export const noticesFile = 'THIRD-PARTY.txt'

/** The comment at the end of a file that carries somebody else's code. `tagalong.js` has none: each of its bytes is paid for by every page view. */
export const noticeComment = (moduleIds: string[], fileName: string): string =>
  fileName !== 'tagalong.js' && moduleIds.some((id) => id.includes('/node_modules/')) ? `\n//! ${noticesFile}` : ''

const packageOf = (module: string): string | undefined => /^((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1]

/** A file of this repository, in the bundler's list; a package's begins with the package's name. */
export const isOurs = (module: string): boolean => /^(src|e2e)\//.test(module) || !module.includes('/')

/** The packages whose code is in the built files, by the bundler's own list. The npm files import them from where the host has them. */
export const packagesIn = (modules: Built['modules']): string[] => {
  const names = Object.entries(modules)
    .filter(([file]) => !file.startsWith('npm/'))
    .flatMap(([, list]) => list.filter((module) => !isOurs(module)).map(packageOf))
  return [...new Set(names)].filter((name) => name !== undefined).sort()
}

const licenceOf = (name: string): string => {
  const folder = `node_modules/${name}`
  const path = ['LICENSE', 'LICENCE', 'LICENSE.md'].map((file) => `${folder}/${file}`).find((file) => existsSync(file))
  if (!path) throw new Error(`${name} has no licence in ${folder}: write one into src/build/notices.ts.`)
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string }
  return `${name} ${version}\n\n${readFileSync(path, 'utf8').trim()}\n`
}

/** Writes the licences of all that is in the built files and is not ours. */
export const writeNotices = ({ modules }: Pick<Built, 'modules'>): void =>
  writeFileSync(
    `dist/${noticesFile}`,
    `The files in this folder contain code of these packages.\n\n${packagesIn(modules).map(licenceOf).join('\n----\n\n')}`,
  )
