/** Twins of what a browser has for events. */
type Listener = (event: Record<string, unknown>) => void

/** Listeners by type, as every target of events has them. */
export const createTarget = () => {
  const listeners = new Map<string, Set<Listener>>()
  return {
    addEventListener: (type: string, listener: Listener) =>
      void listeners.set(type, (listeners.get(type) ?? new Set()).add(listener)),
    removeEventListener: (type: string, listener: Listener) => void listeners.get(type)?.delete(listener),
    dispatch: (event: Record<string, unknown>) =>
      [...(listeners.get(event.type as string) ?? [])].forEach((listener) => listener(event)),
    count: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
  }
}

export function AbortControllerTwin() {
  const target = createTarget()
  const signal = Object.assign(target, { aborted: false })
  return {
    signal,
    abort() {
      if (signal.aborted) return
      signal.aborted = true
      target.dispatch({ type: 'abort' })
    },
  }
}
