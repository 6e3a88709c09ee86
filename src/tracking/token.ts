import { newToken } from '../browser/id'
import type { Journal, Store } from '../browser/ports'
import type { FirstVisitor, VisitorStore } from './contracts'
import type { VisitorCopy, VisitorState } from './stored'
import { visitorCopyKey, visitorKey } from './keys'

/**
 * Who this browser's visitor is, the same in every tab: the first to ask makes the token, in one transaction. The journal has a copy for a page that
 * goes before its database has answered; where the two differ, the database is right.
 */
export const createVisitorStore = (
  storage: Pick<Store, 'update'>,
  journal: Journal,
  firstVisitor: FirstVisitor = (proposed) => ({ token: proposed || newToken() }),
): VisitorStore => {
  const listeners = new Set<Parameters<VisitorStore['observe']>[0]>()
  let known: VisitorState | undefined
  let reading: Promise<VisitorState> | undefined

  /** What stands in the browser's storage may have been written by anybody. */
  const readCopy = () => {
    const copy = journal.read<VisitorCopy>(visitorCopyKey)
    return typeof copy?.token === 'string' ? copy : undefined
  }
  const writeCopy = (copy: VisitorCopy) => {
    journal.write(visitorCopyKey, copy)
    return copy
  }
  /** The copy of what the database once had must never become a token again: only one that was made for it. */
  const first = () => {
    const copy = readCopy()
    return firstVisitor(copy?.isProposed && copy.token)
  }
  const change: VisitorStore['change'] = async (how = (old) => old) => {
    const before = known
    // What stands in storage may be anything.
    const changed = (old: VisitorState | undefined) => how(typeof old?.token === 'string' ? old : first())
    // A state is never changed to undefined, so one always comes back.
    const state = (await storage.update<VisitorState>(visitorKey, changed))!
    known = state
    writeCopy({ token: state.token, roomId: state.roomId })
    listeners.forEach((listener) => listener(state, before))
    return state
  }
  return {
    state: async () => known ?? (reading ??= change()),
    current: () => known,
    atOnce: () => known ?? readCopy() ?? writeCopy({ token: firstVisitor().token, isProposed: true }),
    change,
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    forget() {
      known = reading = undefined
      journal.remove(visitorCopyKey)
    },
  }
}
