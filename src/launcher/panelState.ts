import type { PanelEvent, PanelState } from './contracts'

/** What each event makes of a state. An event that is not named for a state leaves it as it is. */
const transitions: Record<PanelEvent, Partial<Record<PanelState, PanelState>>> = {
  open: { closed: 'opening', closing: 'reopening' },
  close: { opening: 'closed', open: 'closing', reopening: 'closing' },
  shown: { opening: 'open', reopening: 'open' },
  gone: { closing: 'closed', reopening: 'opening' },
}

export const nextPanelState = (state: PanelState, event: PanelEvent): PanelState => transitions[event][state] ?? state

/** Still to be seen, be it for the last time. */
export const isPanelOnScreen = (state: PanelState): boolean => state !== 'closed' && state !== 'opening'

/** Asked for last, whether it has come or not. */
export const isPanelWanted = (state: PanelState): boolean => state !== 'closed' && state !== 'closing'
