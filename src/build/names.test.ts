import { expect, test } from 'playwright/test'
import { deriveNames, shorten } from './names'

const nobody = new Set<string>()

/** A house of one lane and what it is made of; `more` is one more file, or another version of one. */
const derived = (more: Record<string, string> = {}, known = nobody) =>
  deriveNames(
    {
      'src/tracking/contracts.ts': `
        type Undo = () => void
        export interface Lane { wake(): void; deliver: (id: string) => void; cancel?: Undo; nudge: Lane['wake']; id: string; isHeld: boolean }`,
      'src/tracking/lane.ts': `
        export const run = (lane) => { lane.wake(); lane.wake(); lane.deliver(lane.id); lane.cancel(); lane.nudge(); return lane.isHeld }`,
      ...more,
    },
    known,
  )
/** Whether the lane's `wake` is still among the names when the house has this file besides. */
const without = (path: string, code: string) => derived({ [path]: code }).filter((name) => name === 'wake')

test('functions of our interfaces are shortened, the most used first; what could be stored or sent is not', () => {
  expect(derived()).toEqual(['wake', 'cancel', 'deliver', 'nudge'])
})

test('what has a function among its members is shortened like one, wherever it is declared, picked from or looked up', () => {
  const parts = `
    export interface Parts { shelf: Shelf; part: Pick<Shelf, 'put' | 'size'>; size: Pick<Shelf, 'size'>; same: Parts['shelf']; record: Record; draft: Draft }
    interface Shelf { put(): void; size: number }
    interface Record { id: string; size: number }
    type Draft = Pick<Record, 'id'>
    export const use = (parts) => [parts.shelf, parts.shelf, parts.shelf, parts.part, parts.part, parts.same, parts.size, parts.record, parts.draft]`
  expect(
    derived({ 'src/tracking/parts.ts': parts }).filter((name) => /shelf|part|same|size|record|draft/.test(name)),
  ).toEqual(['shelf', 'part', 'same'])
})

test('a name that somebody outside knows stays as it is', () => {
  expect(derived({}, new Set(['wake', 'nudge']))).toEqual(['cancel', 'deliver'])
  for (const path of ['src/options/index.ts', 'src/wire/rest.ts', 'src/tagalong.ts', 'src/ui/strings/strings.ts'])
    expect(without(path, 'export interface Known { wake(): void }'), path).toEqual([])
  expect(without('src/chat/contracts.ts', 'export interface Chat { wake(): void }')).toEqual(['wake'])
})

test('a name that is a stored value’s as well stays as it is', () => {
  expect(without('src/chat/drafts.ts', 'interface Draft { wake?: number }')).toEqual([])
})

test('a name that a text may look up stays as it is; one that only a type spells out does not', () => {
  expect(without('src/chat/verbs.ts', `const verbs = ['wake']`)).toEqual([])
  expect(without('src/chat/verbs.ts', `type Part = Pick<Lane, 'wake'>`)).toEqual(['wake'])
})

test('what a module hands out keeps its name, in whichever way it is exported', () => {
  for (const code of [
    'export const wake = 1',
    'export function wake() {}',
    'const up = 1; export { up as wake }',
    `export { wake } from './lane'`,
  ])
    expect(without('src/recovery/index.ts', code), code).toEqual([])
  expect(without('src/recovery/retry.ts', 'export const wake = 1')).toEqual(['wake'])
  expect(without('src/recovery/index.ts', 'export const start = () => { const wake = 1; return wake }')).toEqual([
    'wake',
  ])
})

test('an attribute of the page’s own elements keeps its name, a component’s does not', () => {
  expect(without('src/ui/a.tsx', 'const a = <input wake={() => {}} />')).toEqual([])
  expect(without('src/ui/a.tsx', 'const a = <Field wake={() => {}} />')).toEqual(['wake'])
})

test('a short name is none that something of ours has already', () => {
  expect(shorten(['wake', 'cancel', 'deliver'], new Set(['a', 'c']))).toEqual({ wake: 'b', cancel: 'd', deliver: 'e' })
})
