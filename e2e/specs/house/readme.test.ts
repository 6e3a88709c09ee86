import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
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
