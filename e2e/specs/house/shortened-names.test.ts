/** Names that the build shortens, in the files as built. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { adapters } from '../../../src/build/house.ts'
import { membersIn, shortNames } from '../../../src/build/names.ts'

const names = shortNames()
const filesIn = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
const membersOf = (paths: string[]) =>
  membersIn(Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')])))

test('every download of this version was built with the same names, and the npm files with none', () => {
  const long = Object.keys(names)
  const downloads = [
    'dist/tagalong.js',
    'dist/rocketchat-livechat.min.js',
    'dist/tagalong.all.js',
    ...filesIn('dist/chunks', '.js'),
  ]
  expect(downloads.flatMap((path) => [...membersOf([path])].filter((name) => long.includes(name)))).toEqual([])
  const npm = membersOf(filesIn('dist/npm', '.js'))
  expect(long.filter((name) => !npm.has(name))).toEqual([])
})

test('no name that is shortened is in the declarations that hosts read', () => {
  const declared = membersOf(
    ['index', 'tracker', 'agent', ...adapters, 'adapters/state', 'options/types'].map(
      (name) => `dist/npm/${name}.d.ts`,
    ),
  )
  expect(declared).toContain('getVisitorToken')
  expect(Object.keys(names).filter((name) => declared.has(name))).toEqual([])
})

test('every name of the official widget is in its script as pages call it', () => {
  const called = readFileSync('README.md', 'utf8').split('<!-- official -->')[1]?.split('\n- **')[0] ?? ''
  const official = [...called.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? [])
  expect(official.length).toBeGreaterThan(30)
  const script = readFileSync('dist/rocketchat-livechat.min.js', 'utf8')
  expect(official.filter((name) => !new RegExp(`\\b${name}\\b`).test(script))).toEqual([])
})
