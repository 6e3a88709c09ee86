import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'

test('colours are calculated only in browsers that can calculate with the channels of a colour', () => {
  // Safari 16.4 to 17.6 takes `rgb(from red r g b)` and nothing that calculates: a sheet that asked for no more would have no colours there.
  const sheets = readdirSync('dist/chunks').map((file) => readFileSync(`dist/chunks/${file}`, 'utf8'))
  const calculating = sheets.filter((sheet) => /\b(?:rgb|color|oklch)\(from var\(/.test(sheet))
  expect(calculating).toHaveLength(3)
  for (const sheet of calculating)
    expect(sheet.match(/@supports ?\(color: ?[^{]*/g)?.map((asked) => asked.replaceAll(' ', ''))).toEqual([
      '@supports(color:rgb(fromredcalc(255-r)gb))',
    ])
})
