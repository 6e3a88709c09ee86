import { expect, test } from 'playwright/test'
import { createSessionStorage } from '../../e2e/model/browser/storage'
import type { Options, Tracking } from '../options'
import { createJournal } from '../browser/journal'
import { createPermission } from './permission'

const withSignals = <T>(signals: object, run: () => T): T => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
  Object.defineProperty(globalThis, 'navigator', { value: signals, configurable: true })
  try {
    return run()
  } finally {
    if (own) Object.defineProperty(globalThis, 'navigator', own)
    else Reflect.deleteProperty(globalThis, 'navigator')
  }
}

/** What is allowed: t(rack), r(eport by hand), s(tore). */
const allowed = ({ mayTrack, mayReport, mayStore }: ReturnType<typeof createPermission>) =>
  `${mayTrack() ? 't' : '-'}${mayReport() ? 'r' : '-'}${mayStore() ? 's' : '-'}`

const shelfJournal = (shelf = createSessionStorage()) => createJournal('', () => shelf)

const table: [tracking: Tracking | undefined, untouched: string, opened: string, granted: string, refused: string][] = [
  [undefined, 'trs', 'trs', 'trs', '---'],
  ['immediate', 'trs', 'trs', 'trs', '---'],
  ['on-open', '-r-', 'trs', 'trs', '---'],
  ['consent', '---', '---', 'trs', '---'],
  ['off', '-rs', '-rs', '-rs', '---'],
]

for (const [tracking, untouched, opened, granted, refused] of table)
  test(`tracking ${tracking ?? 'by default'} allows ${untouched} untouched, ${opened} once the chat is open, ${granted} with consent, ${refused} without`, () => {
    const fresh = () => createPermission({ tracking }, shelfJournal())
    expect(allowed(fresh())).toBe(untouched)
    const open = fresh()
    open.open()
    expect(allowed(open)).toBe(opened)
    const agreed = fresh()
    agreed.consent(true)
    expect(allowed(agreed)).toBe(granted)
    const denied = fresh()
    denied.consent(false)
    expect(allowed(denied)).toBe(refused)
    open.consent(false)
    expect(allowed(open)).toBe(refused)
  })

for (const signals of [{ globalPrivacyControl: true }, { doNotTrack: '1' }])
  test(`${Object.keys(signals)[0]} asks for consent where it is honored, and only there`, () => {
    withSignals(signals, () => {
      const of = (options: Pick<Options, 'tracking' | 'honorPrivacySignals'>) =>
        createPermission(options, shelfJournal())
      expect(allowed(of({ honorPrivacySignals: true }))).toBe('---')
      expect(allowed(of({ honorPrivacySignals: true, tracking: 'on-open' }))).toBe('---')
      expect(allowed(of({ honorPrivacySignals: true, tracking: 'off' }))).toBe('---')
      expect(allowed(of({}))).toBe('trs')
      const asked = of({ honorPrivacySignals: true })
      asked.consent(true)
      expect(allowed(asked)).toBe('trs')
    })
  })

test('a browser that signals nothing is not asked for consent', () => {
  withSignals({ globalPrivacyControl: false, doNotTrack: '0' }, () =>
    expect(allowed(createPermission({ honorPrivacySignals: true }, shelfJournal()))).toBe('trs'),
  )
  withSignals({ doNotTrack: 'unspecified' }, () =>
    expect(allowed(createPermission({ honorPrivacySignals: true }, shelfJournal()))).toBe('trs'),
  )
})

test('the next page knows what was agreed to, and what was opened', () => {
  for (const [tracking, deed, later] of [
    ['consent', 'granted', 'trs'],
    ['consent', 'opened', '---'],
    ['on-open', 'opened', 'trs'],
    ['immediate', 'refused', '---'],
  ] as const) {
    const journal = shelfJournal()
    const first = createPermission({ tracking }, journal)
    if (deed === 'opened') first.open()
    else first.consent(deed === 'granted')
    expect(allowed(createPermission({ tracking }, journal)), `${tracking} ${deed}`).toBe(later)
  }
})

test('nothing is noted where nothing was said, and of a refusal only where silence would mean yes', () => {
  const shelf = createSessionStorage()
  const { consent, open } = createPermission({ tracking: 'consent' }, shelfJournal(shelf))
  expect(Object.keys(shelf)).toEqual([])
  consent(true)
  expect(Object.keys(shelf)).toEqual(['consent'])
  consent(false)
  expect(Object.keys(shelf)).toEqual([])
  open()
  expect(Object.keys(shelf)).toEqual([])
  const onOpen = createSessionStorage()
  createPermission({ tracking: 'on-open' }, shelfJournal(onOpen)).open()
  expect(Object.keys(onOpen)).toEqual(['opened'])
  const other = createSessionStorage()
  createPermission({}, shelfJournal(other)).consent(false)
  expect(Object.keys(other)).toEqual(['consent'])
  const immediate = createSessionStorage()
  createPermission({}, shelfJournal(immediate)).open()
  expect(Object.keys(immediate)).toEqual([])
})

test('what somebody else has written in place of an answer is none', () => {
  for (const nonsense of ['"yes"', '1', '{}', '[true]', '0', '"']) {
    const shelf = createSessionStorage()
    for (const key of ['consent', 'opened']) shelf.setItem(key, nonsense)
    expect(allowed(createPermission({ tracking: 'consent' }, shelfJournal(shelf))), nonsense).toBe('---')
    expect(allowed(createPermission({ tracking: 'on-open' }, shelfJournal(shelf))), nonsense).toBe('-r-')
    expect(allowed(createPermission({}, shelfJournal(shelf))), nonsense).toBe('trs')
  }
})
