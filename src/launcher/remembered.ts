import type { Json } from '../wire/json'
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

/** Whether a chat that nobody has opened on this page may have something to show: a greeting, a room, or messages not sent yet. */
export const isChatExpected = async (
  { permission, visitor, storage }: Pick<LauncherParts, 'permission' | 'visitor' | 'storage'>,
  { triggers }: Json,
): Promise<boolean> => {
  if (!permission.mayStore()) return false
  const { visitor: registered, roomId } = await visitor.state()
  return !!(
    (triggers as unknown[] | undefined)?.length ||
    roomId ||
    (registered && (await storage.list('message/', 1)).length)
  )
}
