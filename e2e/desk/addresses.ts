/** Where the desk finds what it looks at: from its own address and the window it was opened by. */
export interface Places {
  server: string
  /** Only the embedded server has one. */
  control?: string
}

export const readPlaces = (): Places | undefined => {
  const asked = new URLSearchParams(location.search)
  const server = asked.get('server')
  return server ? { server, control: asked.get('control') ?? undefined } : undefined
}

export type ShopWindow = Window & typeof globalThis & { Tagalong?: (said: (api: import('../../src/index.ts').Tagalong) => void) => void }

/** The shop's window, when it is there and of the same origin. */
export const shop = (): ShopWindow | undefined => {
  const candidate = (parent === window ? opener : parent) as ShopWindow | null
  try {
    return candidate && candidate.document ? candidate : undefined
  } catch {
    return undefined
  }
}
