/** The addresses of the livechat server and its control door, as they stand in the desk's own address; and the shop's window, which opened the desk. */
export interface Addresses {
  server: string
  /** Only the embedded server has one. */
  control?: string
}

export const readAddresses = (): Addresses | undefined => {
  const asked = new URLSearchParams(location.search)
  const server = asked.get('server')
  return server ? { server, control: asked.get('control') ?? undefined } : undefined
}

export type ShopWindow = Window &
  typeof globalThis & { Tagalong?: (said: (api: import('../../src/index.ts').Tagalong) => void) => void }

/** The shop's window, when it is there and of the same origin. */
export const shop = (): ShopWindow | undefined => {
  const candidate = (parent === window ? opener : parent) as ShopWindow | null
  try {
    return candidate && candidate.document ? candidate : undefined
  } catch {
    return undefined
  }
}
