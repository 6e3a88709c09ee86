import { parseArgs } from 'node:util'

export interface ReleaseOptions {
  /** `patch`, `minor`, `major` or a whole version. */
  wanted: string
  isDryRun: boolean
  hasTests: boolean
  hasBuild: boolean
  /** Where the package and the CDN's files are written. */
  folder: string
  /** Where the CDN's files will be served, for the tags that are printed. */
  address: string
}

export const usage = `npm run release -- [patch | minor | major | 1.2.3] [options]
  --dry-run         writes into <folder>/try alone: no version, no changelog, no commit, no tag
  --without-tests   leaves the tests out
  --without-build   takes what dist/ holds; only with --dry-run
  --folder <path>   where the package and the files for a CDN are written (release)
  --address <url>   where these files will be served, for the tags that are printed (https://cdn.example.com)`

const parse = (given: string[]) =>
  parseArgs({
    args: given,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      'without-tests': { type: 'boolean', default: false },
      'without-build': { type: 'boolean', default: false },
      folder: { type: 'string', default: 'release' },
      address: { type: 'string', default: 'https://cdn.example.com' },
    },
  })

export const readArguments = (given: string[]): ReleaseOptions => {
  const { values, positionals } = parse(given)
  if (positionals.length > 1) throw new Error(`One version is released at a time, not ${positionals.join(' and ')}.`)
  if (!positionals.length && !values['dry-run'])
    throw new Error('Say which version is to be released: patch, minor, major, or three numbers such as 1.2.3.')
  if (values['without-build'] && !values['dry-run'])
    throw new Error('What is released is built first: --without-build is only for a --dry-run.')
  return {
    wanted: positionals[0] ?? 'patch',
    isDryRun: values['dry-run'],
    hasTests: !values['without-tests'],
    hasBuild: !values['without-build'],
    folder: values.folder,
    address: values.address.replace(/\/+$/, ''),
  }
}
