import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What a release reads of package.json. */
export interface Manifest {
  name: string
  version: string
  /** Files that do something by being loaded: those for a tag, and what they are made of. */
  sideEffects: string[]
  /** What is packed. */
  files: string[]
}

/** Names of the scripts for a tag, the main one first. */
export const scriptsOf = ({ sideEffects }: Pick<Manifest, 'sideEffects'>): string[] =>
  sideEffects.filter((path) => path.startsWith('./dist/')).map((path) => basename(path))

export const tagOf = (version: string): string => `v${version}`

const git = (root: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** Why nothing may be released from here now, as sentences. */
export const obstaclesIn = (root: string, version: string): string[] => [
  ...(git(root, 'status', '--porcelain')
    ? ['There are changes that are not committed: commit them, or put them away.']
    : []),
  ...(git(root, 'tag', '--list', tagOf(version))
    ? [`The tag ${tagOf(version)} is there already: name a later version.`]
    : []),
  ...(/\bOWNER\b/.test(readFileSync(join(root, 'package.json'), 'utf8'))
    ? ['In package.json OWNER stands for an account on GitHub: write the account in its place.']
    : []),
]

/** The text of package.json or its lock, with another version of the package itself. */
const withVersion = (path: string, version: string): string => {
  const content = JSON.parse(readFileSync(path, 'utf8')) as { version: string; packages?: Record<string, object> }
  content.version = version
  if (content.packages) Object.assign(content.packages[''] ?? {}, { version })
  return `${JSON.stringify(content, undefined, 2)}\n`
}

/** Writes the version into package.json, and into its lock where there is one. */
export const writeVersion = (root: string, version: string): void => {
  for (const path of ['package.json', 'package-lock.json'].map((name) => join(root, name)))
    if (existsSync(path)) writeFileSync(path, withVersion(path, version))
}

/** Commits the version and its section of the changelog, and tags the commit. */
export const commitRelease = (root: string, version: string, changelog: string): void => {
  writeVersion(root, version)
  writeFileSync(join(root, 'CHANGELOG.md'), changelog)
  git(root, 'commit', '--quiet', '--all', '--message', `Release ${version}`)
  git(root, 'tag', '--annotate', tagOf(version), '--message', `Release ${version}`)
}
