import type { Store, Undo } from '../browser/ports'
import type { VisitorState } from './contracts'
import { newToken } from '../browser/id'
import { withoutCircle } from './successor'

type Listener = (state: VisitorState, before: VisitorState | undefined) => void

/** Who this browser's visitor is, the same in every tab: the first to ask makes the token, in one transaction. */
export const createVisitor = (storage: Store) => {
  const listeners = new Set<Listener>()
  let known: VisitorState | undefined
  let reading: Promise<VisitorState> | undefined
  const change = async (how = (old: VisitorState) => old) => {
    const before = known
    const state = (known = (await storage.update<VisitorState>('visitor', (old) => withoutCircle(how(old ?? { token: newToken() }))))!)
    listeners.forEach((listener) => listener(state, before))
    return state
  }
  return {
    state: async () => known ?? (reading ??= change()),
    current: () => known,
    /** Without a change: reads what another tab has made of it. */
    change,
    observe(listener: Listener): Undo {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** As before the first visit. */
    unlearn: () => void (known = reading = undefined),
  }
}
