import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layOut } from '../../src/build/release/cdn.ts'
import { scriptsOf, type Manifest } from '../../src/build/release/repository.ts'
import type { Site } from './site.ts'

/** Built files as a release lays them out for a CDN. */
export const layOutRelease = (cdn: string, version: string, dist = 'dist'): void =>
  layOut({ dist, scripts: scriptsOf(JSON.parse(readFileSync('package.json', 'utf8')) as Manifest), version, cdn })

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())

/** What a next release would be in which every chunk has changed: each has another hash in its name, wherever it is named. */
export const buildAnother = (folder: string): void => {
  const hashes = new Set(readdirSync('dist/chunks').map((name) => name.slice(-'01234567.js'.length, -'.js'.length)))
  const another = (text: string) =>
    [...hashes].reduce((changed, hash) => changed.replaceAll(hash, [...hash].reverse().join('')), text)
  const { sideEffects } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
  cpSync('dist', folder, { recursive: true })
  rmSync(join(folder, 'chunks'), { recursive: true })
  mkdirSync(join(folder, 'chunks'))
  for (const name of [...scriptsOf({ sideEffects }), ...filesIn('dist').filter((path) => path.startsWith('chunks/'))])
    writeFileSync(join(folder, another(name)), another(readFileSync(join('dist', name), 'utf8')))
}

/** Serves what lies in this folder now, for as long as it lies there, below a path of the site. */
export const serveFolder = (site: Pick<Site, 'page'>, path: string, folder: string): void => {
  for (const name of filesIn(folder))
    site.page(`${path}/${name}`, () => {
      const file = join(folder, name)
      return existsSync(file)
        ? { type: 'text/javascript', html: readFileSync(file, 'utf8') }
        : { status: 404, html: 'It is gone.' }
    })
}
