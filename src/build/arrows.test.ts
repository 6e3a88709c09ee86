import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { complaintsOf, folderOf, names } from './arrows'
import { arrows, entries } from './house'
import { importsIn, type Import } from './imports'

const complained = (from: string, to: string, kind: Import['kind']) =>
  complaintsOf([{ from: `src/${from}`, to: `src/${to}`, kind }]).length > 0

test('an arrow that points up is refused, a type of it too', () => {
  expect(complained('wire/json.ts', 'chat/room.ts', 'type')).toBe(true)
  expect(complained('tracking/index.ts', 'launcher/index.ts', 'lazy')).toBe(true)
  expect(complained('chat/chat.ts', 'tagalong.ts', 'value')).toBe(true)
})

test('types and import() are told from code', () => {
  const to = 'chat/index.ts'
  expect([
    complained('launcher/index.ts', to, 'type'),
    complained('launcher/index.ts', to, 'lazy'),
    complained('launcher/index.ts', to, 'value'),
  ]).toEqual([false, false, true])
})

test('where one file of a folder is open, the others are not', () => {
  expect([
    complained('agent/list.ts', 'browser/clock.ts', 'value'),
    complained('agent/list.ts', 'browser/page.ts', 'value'),
  ]).toEqual([false, true])
})

test('the table names every folder of src', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'build',
  )
  expect(arrows.map(({ from }) => from).sort()).toEqual(folders.map(({ name }) => name).sort())
  for (const entry of entries) expect(existsSync(`src/${entry}.ts`), entry).toBe(true)
})

test('no arrow in the table goes unused', () => {
  const imports = importsIn('src').filter(({ from, to }) => folderOf(from) !== folderOf(to))
  const isUsed = (from: string, part: string, kind: Import['kind']) =>
    imports.some((one) => folderOf(one.from) === from && names(part, one.to) && one.kind === kind)
  const unused = arrows.flatMap(({ from, values, types, fetched }) => [
    ...values.filter((part) => !isUsed(from, part, 'value')).map((part) => `${from} imports ${part}`),
    ...types.filter((part) => !isUsed(from, part, 'type')).map((part) => `${from} imports types of ${part}`),
    ...fetched.filter((part) => !isUsed(from, part, 'lazy')).map((part) => `${from} fetches ${part}`),
  ])
  expect(unused).toEqual([])
})
