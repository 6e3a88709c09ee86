/** Tells whoever listens at the control door what happens, as it happens. */
export function createFeed() {
  const listeners = new Set<(event: string, data: unknown) => void>()
  return {
    tell(event: string, data: unknown) {
      for (const listener of listeners) listener(event, data)
    },
    observe(listener: (event: string, data: unknown) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Feed = ReturnType<typeof createFeed>
