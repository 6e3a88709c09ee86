import type { LauncherParts } from './contracts'

const key = 'ui/open'

type Notes = Pick<LauncherParts, 'journal' | 'session'>

/** Keeps for the next page of this tab whether the panel is open. */
export const rememberPanel = ({ journal, session }: Notes, isOpen: boolean): void => {
  session.write(key, isOpen)
  journal.write(key, true)
}

/** The first look into sessionStorage holds a page up. So localStorage says whether any tab has ever written there. */
export const wasPanelOpen = ({ journal, session }: Notes): boolean => !!(journal.read(key) && session.read(key))
