import type { LauncherParts } from './contracts'

const key = 'ui/open'

type Notes = Pick<LauncherParts, 'journal' | 'session'>

/** Keeps for the next page of this tab whether the panel is open. */
export const rememberPanel = (notes: Notes, isOpen: boolean): void => {
  notes.session.write(key, isOpen)
  notes.journal.write(key, true)
}

/** The first look into sessionStorage holds a page up. So localStorage says whether any tab has ever written there. */
export const wasPanelOpen = (notes: Notes): boolean => !!(notes.journal.read(key) && notes.session.read(key))
