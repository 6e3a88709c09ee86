/** `npm run release`: from what is committed to what is uploaded. Uploading itself is left to whoever is logged in where it goes. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { integrityOf } from './integrity.ts'
import { readArguments, usage, type ReleaseOptions } from './release/arguments.ts'
import { layOut } from './release/cdn.ts'
import { releaseSection } from './release/changelog.ts'
import { packVersion } from './release/pack.ts'
import { commitRelease, obstaclesIn, scriptsOf, tagOf, type Manifest } from './release/repository.ts'
import { nextVersion } from './release/version.ts'

type Say = (line: string) => void

/** Builds and tests as the version that is to be: package.json has it only when both went well. */
const buildAndTest = (root: string, version: string, { hasBuild, hasTests }: ReleaseOptions, say: Say): void => {
  const npm = (...args: string[]) =>
    execFileSync('npm', args, { cwd: root, stdio: 'inherit', env: { ...process.env, TAGALONG_VERSION: version } })
  if (hasBuild) {
    say(`Building dist/ as ${version}.`)
    npm('run', 'build')
  } else say('dist/ is taken as it is.')
  if (hasTests) {
    say('Testing what was built.')
    npm('test')
  } else say('The tests are left out.')
}

/** What a page pastes, in three forms. */
const tagsFor = (dist: string, scripts: string[], { name }: Manifest, version: string, address: string): string[] => {
  const [main = ''] = scripts
  const hashOf = (script: string) => integrityOf('sha384', readFileSync(join(dist, script)))
  const tag = (source: string, more = '') =>
    `  <script async src="${source}" data-server="https://chat.example.com"${more}></script>`
  return [
    'The hash of each script:',
    ...scripts.map((script) => `  ${script}  ${hashOf(script)}`),
    'The newest version, whichever that is:',
    tag(`${address}/latest/${main}`),
    'This version, and nothing else:',
    tag(`${address}/${version}/${main}`, ` integrity="${hashOf(main)}" crossorigin`),
    'From a CDN for npm, once the package is published:',
    tag(`https://cdn.jsdelivr.net/npm/${name}@${version}/dist/${main}`),
  ]
}

/** A try has a folder of its own, which begins with a copy of what was released before: what pages use is never mixed with what nobody released. */
const folderFor = (folder: string, { isDryRun }: ReleaseOptions): string => {
  if (!isDryRun) return folder
  const [released, attempt] = [join(folder, 'cdn'), join(folder, 'try')]
  rmSync(attempt, { recursive: true, force: true })
  if (existsSync(released)) cpSync(released, join(attempt, 'cdn'), { recursive: true })
  return attempt
}

/** Makes a release of what lies in `root`, and says each step. */
export const release = (root: string, options: ReleaseOptions, say: Say): void => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  const version = nextVersion(manifest.version, options.wanted)
  const obstacles = obstaclesIn(root, version)
  if (obstacles.length && !options.isDryRun) throw new Error(obstacles.join('\n'))
  say(`${manifest.name} ${manifest.version} becomes ${version}${options.isDryRun ? ', for a try' : ''}.`)
  for (const obstacle of obstacles) say(`In earnest this would stop here. ${obstacle}`)
  const day = new Date().toISOString().slice(0, 10)
  const { changelog, section } = releaseSection(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version, day)
  buildAndTest(root, version, options, say)

  const folder = folderFor(resolve(root, options.folder), options)
  const [dist, cdn, notes] = [join(root, 'dist'), join(folder, 'cdn'), join(folder, 'notes.md')]
  const shown = (path: string) => `./${relative(root, path)}`
  const scripts = scriptsOf(manifest)
  const archive = packVersion(root, folder, manifest, version, changelog)
  say(`Packed ${shown(archive)}.`)
  layOut({ dist, scripts, version, cdn })
  say(`Laid out ${shown(join(cdn, version))} and ${shown(join(cdn, 'latest'))}.`)
  writeFileSync(notes, `${section}\n`)
  say(`Wrote the lines of CHANGELOG.md that belong to ${version} into ${shown(notes)}.`)
  for (const line of tagsFor(dist, scripts, manifest, version, options.address)) say(line)
  if (options.isDryRun) {
    say('This was a try: no version, no changelog, no commit and no tag was written. dist/ holds what was built.')
    return
  }
  commitRelease(root, version, changelog)
  say(`Committed package.json and CHANGELOG.md, and tagged the commit ${tagOf(version)}. What is left to you:`)
  say('  git push --follow-tags')
  say(`  npm publish ${shown(archive)} --access public`)
  say(`  upload ${shown(cdn)}, first ${version}/ and latest/chunks/, then the rest, and delete nothing that is there`)
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `node src/build/run.mjs release --dry-run` */
export const main = (given: string[]): number => {
  let options: ReleaseOptions
  try {
    options = readArguments(given)
  } catch (error) {
    console.error(`${sentenceOf(error)}\n\n${usage}`)
    return 1
  }
  try {
    release('.', options, (line) => console.log(line))
  } catch (error) {
    console.error(sentenceOf(error))
    return 1
  }
  return 0
}
