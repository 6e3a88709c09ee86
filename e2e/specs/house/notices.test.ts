/** Whose code is in the built files is said beside them. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { isOurs, noticesFile, packagesIn } from '../../../src/build/notices.ts'

const modules = JSON.parse(readFileSync('dist/modules.json', 'utf8')) as Record<string, string[]>

test('every package in a built file is named with its licence, and the file that says so is named in the downloads', () => {
  const names = packagesIn(modules)
  expect(names).toEqual([
    ...['@preact/signals', '@preact/signals-core'],
    // Of the testing kit's server.
    ...['busboy', 'idb-keyval', 'image-size', 'preact', 'streamsearch', 'ws'],
  ])
  const notices = readFileSync(`dist/${noticesFile}`, 'utf8')
  for (const name of names) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, 'm'))
    const own = ['LICENSE', 'LICENCE'].map((file) => `node_modules/${name}/${file}`).find((file) => existsSync(file))
    expect(notices, name).toContain(readFileSync(own!, 'utf8').trim())
  }
  const carrying = Object.keys(modules).filter(
    (file) => /^(chunks\/|tagalong\.all|testing\/)/.test(file) && modules[file]!.some((module) => !isOurs(module)),
  )
  expect(carrying.length).toBeGreaterThan(2)
  for (const file of carrying) expect(readFileSync(`dist/${file}`, 'utf8'), file).toMatch(/\n\/\/! THIRD-PARTY\.txt$/)
})
