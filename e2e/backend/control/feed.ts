type Listener = (event: string, data: unknown) => void

/** Tells whoever listens at the control door what happens, as it happens. */
export interface Feed {
  tell(event: string, data: unknown): void
  /** Returns its undo. */
  observe(listener: Listener): () => void
}

export function createFeed(): Feed {
  const listeners = new Set<Listener>()
  return {
    tell(event, data) {
      for (const listener of listeners) listener(event, data)
    },
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
