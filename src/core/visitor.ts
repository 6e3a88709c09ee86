import type { Storage, Tabs, VisitorPart, VisitorState } from './contracts'

export interface VisitorParts {
  storage: Storage
  tabs: Tabs
  newToken(): string
  onIdentity(): void
  onRoom(roomId: string | undefined, before: string | undefined): void
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void
}

/** Who this browser's visitor is, the same in every tab: the first to ask makes the token, in one transaction. */
export const createVisitor = ({ storage, tabs, newToken, onIdentity, onRoom, guard }: VisitorParts): Omit<VisitorPart, 'register'> & {
  change(how: (old: VisitorState) => VisitorState): Promise<VisitorState>
  reread(): Promise<VisitorState>
  /** As before the first visit. */
  unlearn(): void
} => {
  const listeners = new Set<(state: VisitorState) => void>()
  let known: VisitorState | undefined
  let reading: Promise<VisitorState> | undefined
  const update = async (how: (old: VisitorState) => VisitorState) => {
    const state = (await storage.update<VisitorState>('visitor', (old) => how(old ?? { token: newToken() }))) as VisitorState
    const before = known
    known = state
    if (before && before.token !== state.token) onIdentity()
    if (before?.roomId !== state.roomId && (before || state.roomId)) onRoom(state.roomId, before?.roomId)
    listeners.forEach((listener) => listener(state))
    return state
  }
  const reread = () => update((old) => old)
  const part = {
    state: () => (known ? Promise.resolve(known) : (reading ??= reread())),
    current: () => known,
    reread,
    observe(listener: (state: VisitorState) => void) {
      const guarded = guard(listener)
      listeners.add(guarded)
      return () => listeners.delete(guarded)
    },
    async change(how: (old: VisitorState) => VisitorState) {
      const state = await update(how)
      tabs.say('visitor')
      return state
    },
    async setRoom(roomId: string | undefined) {
      if ((await part.state()).roomId !== roomId) await part.change((old) => ({ ...old, roomId }))
    },
    unlearn: () => void (known = reading = undefined),
  }
  tabs.observe('visitor', guard(reread))
  return part
}
