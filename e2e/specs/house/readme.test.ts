import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { expect, test } from 'playwright/test'

const brotli = (file: string) =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
const chunk = (name: string) => `dist/chunks/${readdirSync('dist/chunks').find((file) => file.startsWith(`${name}-`))}`

const rows: [what: string, files: string[]][] = [
  ['`tagalong.js`: notices, stores and delivers every visit', ['dist/tagalong.js']],
  ['the launcher, with Preact', [chunk('launcher')]],
  ['first open: the panel, the conversation, one language', [chunk('panel'), chunk('chat'), chunk('en')]],
  [
    '`rocketchat-livechat.min.js`: `tagalong.js`, and the calls of the official widget',
    ['dist/rocketchat-livechat.min.js'],
  ],
  ['`tagalong.all.js`: everything in one file', ['dist/tagalong.all.js']],
]
const table = () =>
  rows.map(([what, files]) => `| ${what} | ${(files.reduce((sum, file) => sum + brotli(file), 0) / 1000).toFixed(1)} |`)

test('the sizes in the README are those of the build', () => {
  const stated = readFileSync('README.md', 'utf8').split('<!-- sizes -->')[1] ?? ''
  for (const [n, row] of table().entries()) {
    const [what] = rows[n]!
    const line = stated.split('\n').find((each) => each.includes(what))
    expect(line, `README should say: ${row}`).toBeTruthy()
    const [said, is] = [line!, row].map((each) => Number(/([\d.]+) \|$/.exec(each)?.[1]))
    expect(Math.abs(said! - is!), `README says ${said}, the build is: ${row}`).toBeLessThanOrEqual(0.15)
  }
})

/** Of all files of a folder: as they lie there, and as npm packs them. */
const weightOf = (folder: string): { size: number; unpackedSize: number } => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
  const sum = (sizes: number[]) => sizes.reduce((all, one) => all + one, 0)
  return {
    unpackedSize: sum(files.map(({ length }) => length)),
    size: sum(files.map((file) => gzipSync(file, { level: 9 }).length)),
  }
}

test('what the package and the testing kit in it weigh is what README says, to a tenth', () => {
  const pack = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })
  const [whole] = JSON.parse(pack) as [{ size: number; unpackedSize: number }]
  const table = readFileSync('README.md', 'utf8').split('<!-- weight -->')[1] ?? ''
  for (const [what, { size, unpackedSize }] of [
    ['the package', whole],
    ['– the testing kit in it', weightOf('dist/testing')],
  ] as const) {
    const row = table.split('\n').find((line) => line.startsWith(`| ${what} |`)) ?? ''
    const said = [...row.matchAll(/ ([\d,]+) \|/g)].map(([, figure = '']) => Number(figure.replace(',', '')))
    const is = [unpackedSize, size].map((bytes) => Math.round(bytes / 1000))
    for (const [n, figure] of is.entries())
      expect(Math.abs((said[n] ?? 0) - figure), `README says ${row}, it is ${is.join(' | ')}`).toBeLessThan(figure / 10)
  }
})
