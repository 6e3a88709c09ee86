import { readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { missingFiles } from './packed'

test('a package whose files were not built is not packed', () => {
  const given = {
    exports: { '.': { types: './dist/nothing.d.ts', default: './README.md' } },
    bin: { tagalong: 'dist/nothing.js' },
  }
  expect(missingFiles(given)).toEqual(['./dist/nothing.d.ts', 'dist/nothing.js'])
  expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.prepack).toMatch(/build.*packed/)
})
