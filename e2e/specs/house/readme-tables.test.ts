/** Every table of README that names what the code has is checked against the code; every link leads to a heading. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { readmeHeadings } from '../../../src/diagnosis/readme.ts'
import { launcherNames } from '../../../src/launcher/strings.ts'

const readme = readFileSync('README.md', 'utf8')
const types = readFileSync('src/options/types.ts', 'utf8')
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(css|tsx)$/.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n')

/** What follows the marker, up to the next heading. */
const sectionOf = (marker: string): string => readme.split(`<!-- ${marker} -->`)[1]?.split(/\n#/)[0] ?? ''
/** What stands in backticks in the first column of the table there. */
const namesOf = (marker: string): string[] =>
  sectionOf(marker)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    .sort()
const all = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort()
const interfaceOf = (name: string): string => types.split(`export interface ${name} `)[1]?.split('\n}')[0] ?? ''

test('README names every option, and no other', () => {
  expect(namesOf('options')).toEqual(all(interfaceOf('Options'), /^ {2}(\w+)\??:/gm))
})

test('README names every event, and no other', () => {
  expect(namesOf('events')).toEqual(all(interfaceOf('Events'), /^ {2}'?([\w-]+)'?:/gm))
})

test('README names every method, and no other', () => {
  const methods = [
    ...all(interfaceOf('Tracker'), /^ {2}(\w+)[(<]/gm),
    ...all(interfaceOf('Tagalong'), /^ {2}(\w+)\(/gm),
  ]
  expect(namesOf('methods').map((name) => name.replace(/\(.*/, ''))).toEqual(methods.sort())
})

test('README names everything of the testing kit, and no other', () => {
  const contracts = readFileSync('e2e/testing/contracts.ts', 'utf8')
  const membersOf = (name: string) =>
    all(contracts.split(`export interface ${name} `)[1]?.split('\n}')[0] ?? '', /^ {2}(\w+)[(:]/gm)
  const bare = (names: string[]) => names.map((name) => name.replace(/\(.*/, '')).sort()
  expect(bare(namesOf('testing'))).toEqual(membersOf('Livechat'))
  const [, row = ''] = sectionOf('testing').split('\n| `desk` |')
  expect(bare(all(row.split('\n')[0] ?? '', /`(\w+(?:\(\w*\))?)`/g))).toEqual(membersOf('Desk'))
})

test('README names every error code, and no other', () => {
  const union = types.split('export type ErrorCode =')[1]?.split('\n\n')[0] ?? ''
  expect(namesOf('codes')).toEqual(all(union, /'([\w-]+)'/g))
})

test('README names every property and every part that a host may style, and no other', () => {
  expect(namesOf('properties')).toEqual(all(sources, /var\((--tagalong-[\w-]+)/g))
  const parts = all(sectionOf('parts').split('\n\n')[1] ?? '', /`(\w+)`/g)
  expect(parts).toEqual(all(sources, /part="(\w+)"/g))
})

test('README names every method, key and callback of the official widget, and no other', () => {
  const words = readFileSync('src/dialect/contracts.ts', 'utf8')
  const membersOf = (name: string) =>
    all(words.split(`export interface ${name} `)[1]?.split('\n}')[0] ?? '', /^ {2}(\w+)[(:]/gm)
  const callbacks = all(readFileSync('src/dialect/callbacks.ts', 'utf8'), /^ {2}'(on\w+)',$/gm)
  expect(callbacks).toHaveLength(12)
  expect(namesOf('official')).toEqual([...membersOf('OfficialMethods'), ...callbacks, 'clearAllCallbacks'].sort())
  const [, row = ''] = sectionOf('official').split('\n| `initialize` |')
  expect(all(row.split('\n')[0] ?? '', /`(\w+)`/g)).toEqual(membersOf('InitializeKeys'))
})

test('README names every language, and no other', () => {
  const [, text = ''] = sectionOf('languages').split('\n\n')
  expect(all(text.split('Chosen by')[0] ?? '', /`([\w-]+)`/g)).toEqual(Object.keys(launcherNames).sort())
})

test('every link inside README, and every link that a sentence of ours carries, leads to one of its headings', () => {
  const headings = all(readme, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  )
  const links = [...all(readme, /\]\(#([^)]+)\)/g), ...readmeHeadings]
  expect(links.length).toBeGreaterThan(10)
  expect(links.filter((link) => !headings.includes(link))).toEqual([])
})

test('README names each field of package.json that the owner still has to fill in', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>
  const open = Object.keys(manifest).filter((field) => JSON.stringify(manifest[field]).includes('OWNER'))
  const [, said = ''] = /account on GitHub, in ([^.]*)\./.exec(readme) ?? []
  expect(all(said, /`(\w+)`/g)).toEqual(open.sort())
})

test('README says as many hostile lines, pages and secrets as there are', () => {
  const count = (what: string) => Number(new RegExp(`\\| ${what}[^|]*\\| ([\\d,]+) \\|`).exec(sectionOf('fuzz'))?.[1])
  const lines = (file: string) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('# ')).length
  expect(count('lines of hostile content')).toBe(lines('e2e/fuzz/content.jsonl'))
  expect(count('pages that make it hard')).toBe(readdirSync('e2e/hosts/pages').length)
  expect(count('addresses and names with secrets')).toBe(lines('src/tracking/secrets.txt'))
})

test('what gets better for pages of the official widget is said with the figures of the benchmark’s tables', () => {
  const measured = readme.split('\n## Side by side')[1] ?? ''
  const rows = sectionOf('better')
    .split('\n')
    .filter((line) => line.includes('npm run bench'))
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    const [, , official = '', ours = '', command = ''] = row.split('|').map((cell) => cell.trim())
    // Somewhere both figures stand in one row, or one above the other.
    const pairs = measured.split('\n').map((line, index, lines) => `${line}${lines[index + 1] ?? ''}`)
    expect(
      pairs.some((pair) => [official, ours].every((figure) => new RegExp(`\\| ${figure}[ ,]`).test(pair))),
      row,
    ).toBe(true)
    expect(measured, row).toContain(command.replaceAll('`', ''))
  }
})
