import { expect, test } from 'playwright/test'
import type { PanelEvent, PanelState } from './contracts'
import { isPanelOnScreen, isPanelWanted, nextPanelState } from './panelState'

const after = (...events: PanelEvent[]) => events.reduce<PanelState>(nextPanelState, 'closed')

test('a panel opens when it has come, and is closed when it has faded out', () => {
  expect(after('open')).toBe('opening')
  expect(after('open', 'shown')).toBe('open')
  expect(after('open', 'shown', 'close')).toBe('closing')
  expect(after('open', 'shown', 'close', 'gone')).toBe('closed')
})

test('a panel that is closed before it has come is never shown', () => {
  expect(after('open', 'close')).toBe('closed')
  expect(after('open', 'close', 'shown')).toBe('closed')
})

test('a panel that is asked for while it fades out is opened again', () => {
  expect(after('open', 'shown', 'close', 'open')).toBe('reopening')
  expect(after('open', 'shown', 'close', 'open', 'gone')).toBe('opening')
  expect(after('open', 'shown', 'close', 'open', 'shown')).toBe('open')
  expect(after('open', 'shown', 'close', 'open', 'close')).toBe('closing')
})

test('what is asked for and what is on screen are told from the state', () => {
  const all: PanelState[] = ['closed', 'opening', 'open', 'closing', 'reopening']
  expect(all.filter(isPanelWanted)).toEqual(['opening', 'open', 'reopening'])
  expect(all.filter(isPanelOnScreen)).toEqual(['open', 'closing', 'reopening'])
})
