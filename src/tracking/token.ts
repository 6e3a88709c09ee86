import { newToken } from '../browser/id'
import type { Store } from '../browser/ports'
import type { VisitorState, VisitorStore } from './contracts'
import { visitorKey } from './keys'

/** Who this browser's visitor is, the same in every tab: the first to ask makes the token, in one transaction. */
export const createVisitorStore = (storage: Pick<Store, 'update'>): VisitorStore => {
  const listeners = new Set<Parameters<VisitorStore['observe']>[0]>()
  let known: VisitorState | undefined
  let reading: Promise<VisitorState> | undefined
  const change: VisitorStore['change'] = async (how = (old) => old) => {
    const before = known
    const changed = (old: VisitorState | undefined) => how(old ?? { token: newToken() })
    // A state is never changed to undefined, so one always comes back.
    const state = (await storage.update<VisitorState>(visitorKey, changed))!
    known = state
    listeners.forEach((listener) => listener(state, before))
    return state
  }
  return {
    state: async () => known ?? (reading ??= change()),
    current: () => known,
    change,
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    forget: () => void (known = reading = undefined),
  }
}
