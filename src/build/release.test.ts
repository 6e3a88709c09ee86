/** A small package of its own is released, with a real repository and a real npm. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'playwright/test'
import { release } from './release'
import { readArguments } from './release/arguments'
import { releaseSection } from './release/changelog'
import { nextVersion } from './release/version'

interface SmallPackage {
  root: string
  /** What a run of `npm run release -- …` said. */
  release(...args: string[]): string[]
  git(...args: string[]): string
  read(path: string): string
}

const manifest = {
  name: '@example/small',
  version: '0.1.0',
  sideEffects: ['./src/small.ts', './dist/small.js'],
  files: ['dist', 'CHANGELOG.md'],
  scripts: { build: 'node build.mjs', test: 'node -e 0' },
}

/** The script has its version in it, as the real one does. */
const build = `import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('dist/chunks', { recursive: true })
writeFileSync('dist/chunks/panel-1.js', '')
writeFileSync('dist/THIRD-PARTY.txt', '')
writeFileSync('dist/small.js', 'version ' + process.env.TAGALONG_VERSION)
`

const test = base.extend<{ small: SmallPackage }>({
  small: async ({}, use) => {
    const root = mkdtempSync(join(tmpdir(), 'tagalong-release-'))
    const put = (name: string, text: string) => writeFileSync(join(root, name), text)
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
    git('init', '--quiet')
    git('config', 'user.name', 'Somebody')
    git('config', 'user.email', 'somebody@example.com')
    put('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`)
    put('package-lock.json', JSON.stringify({ version: '0.1.0', packages: { '': { version: '0.1.0' } } }))
    put('.gitignore', 'dist\nrelease\n')
    put('build.mjs', build)
    put('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- It is quicker.\n\n## 0.1.0\n\n- It is there.\n')
    git('add', '.')
    git('commit', '--quiet', '--message', 'Begin')
    await use({
      root,
      git,
      release(...args) {
        const lines: string[] = []
        release(root, readArguments(args), (line) => lines.push(line))
        return lines
      },
      read: (path) => readFileSync(join(root, path), 'utf8'),
    })
    rmSync(root, { recursive: true })
  },
})

/** npm takes seconds to start. */
const slow = { tag: '@slow' }

const hashOf = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`

test(
  'a try packs and lays out the next version, prints its hashes and tags, and leaves the repository as it is',
  slow,
  ({ small }) => {
    small.git('tag', 'v0.2.0')
    const said = small.release('minor', '--dry-run', '--address', 'https://files.example/widget/').join('\n')
    for (const place of ['0.2.0', 'latest'])
      expect(small.read(`release/try/cdn/${place}/small.js`)).toBe('version 0.2.0')
    expect(small.read('release/try/notes.md')).toBe('- It is quicker.\n')
    const hash = hashOf(small.read('dist/small.js'))
    expect(said).toContain(`small.js  ${hash}`)
    expect(said).toContain(
      `src="https://files.example/widget/0.2.0/small.js" data-server="https://chat.example.com" integrity="${hash}" crossorigin`,
    )
    expect(said).toContain('src="https://files.example/widget/latest/small.js"')
    const listed = execFileSync('tar', ['-xzOf', join(small.root, 'release/try/example-small-0.2.0.tgz')], {
      encoding: 'utf8',
    })
    expect(listed).toContain('"version": "0.2.0"')
    expect(listed).toMatch(/## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- It is quicker/)
    expect(said).toContain('In earnest this would stop here. The tag v0.2.0 is there already: name a later version.')
    expect([small.git('status', '--porcelain'), small.git('tag')]).toEqual(['', 'v0.2.0'])
    expect(JSON.parse(small.read('package.json')).version).toBe('0.1.0')
  },
)

test(
  'in earnest the version and its lines are committed and tagged, and what is left to do is printed',
  slow,
  ({ small }) => {
    const said = small.release('patch', '--without-tests')
    expect(small.git('tag')).toBe('v0.1.1')
    expect(small.git('status', '--porcelain')).toBe('')
    expect(small.git('show', '--name-only', '--format=%s')).toBe(
      'Release 0.1.1\n\nCHANGELOG.md\npackage-lock.json\npackage.json',
    )
    expect(JSON.parse(small.read('package-lock.json'))).toMatchObject({
      version: '0.1.1',
      packages: { '': { version: '0.1.1' } },
    })
    expect(said.join('\n')).toMatch(/git push[^]*npm publish .*small-0\.1\.1\.tgz[^]*upload .*cdn/)
  },
)

test('what is not committed, tagged already or has no owner is not released', ({ small }) => {
  small.git('tag', 'v0.1.1')
  writeFileSync(join(small.root, 'package.json'), JSON.stringify({ ...manifest, author: 'OWNER' }))
  const sentences = [
    'There are changes that are not committed: commit them, or put them away.',
    'The tag v0.1.1 is there already: name a later version.',
    'In package.json OWNER stands for an account on GitHub: write the account in its place.',
  ]
  expect(() => small.release('patch')).toThrow(sentences.join('\n'))
  expect(existsSync(join(small.root, 'release'))).toBe(false)
})

test('tests that fail end a release before anything is written', slow, ({ small }) => {
  const failing = { ...manifest, scripts: { ...manifest.scripts, test: 'node -e "process.exit(1)"' } }
  writeFileSync(join(small.root, 'package.json'), JSON.stringify(failing))
  small.git('commit', '--quiet', '--all', '--message', 'Fail')
  expect(() => small.release('patch')).toThrow('npm test')
  expect([existsSync(join(small.root, 'release')), small.git('tag')]).toEqual([false, ''])
})

test('the next version is counted up, or named and later', () => {
  expect(['patch', 'minor', 'major', '1.10.0'].map((wanted) => nextVersion('1.9.2', wanted))).toEqual([
    '1.9.3',
    '1.10.0',
    '2.0.0',
    '1.10.0',
  ])
  expect(() => nextVersion('1.9.2', '1.9.1')).toThrow('1.9.1 is not later than 1.9.2')
  expect(() => nextVersion('1.9.2', '1.9.2')).toThrow('1.9.2 is not later than 1.9.2')
  expect(() => nextVersion('1.9.2', 'next')).toThrow('“next” is no version: say patch, minor, major, or three numbers')
})

test('what was unreleased becomes the version’s, and a version of which nothing is said is refused', () => {
  const { changelog, section } = releaseSection('# C\n\n## Unreleased\n\n- a\n- b\n\n## 1\n\n- c\n', '2', '2026-11-28')
  expect(changelog).toBe('# C\n\n## Unreleased\n\n## 2 (2026-11-28)\n\n- a\n- b\n\n## 1\n\n- c\n')
  expect(section).toBe('- a\n- b')
  expect(() => releaseSection(changelog, '3', '2026-11-29')).toThrow('Nothing stands below “## Unreleased”')
  expect(() => releaseSection('# C\n', '3', '2026-11-29')).toThrow('CHANGELOG.md has no “## Unreleased”')
})

test('arguments that are not understood are named', () => {
  expect(() => readArguments(['--dry'])).toThrow('--dry')
  expect(() => readArguments([])).toThrow('Say which version is to be released: patch, minor, major')
  expect(() => readArguments(['1.0.0', '2.0.0'])).toThrow('One version is released at a time, not 1.0.0 and 2.0.0.')
  expect(() => readArguments(['patch', '--without-build'])).toThrow('--without-build is only for a --dry-run')
})
