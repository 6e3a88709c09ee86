/** The address of the server: absolute, without a trailing slash and without the path of its own livechat page; undefined when it is no http address. */
export const readServer = (server: unknown, base: string): string | undefined => {
  try {
    const { origin, pathname } = new URL(server as string, base)
    if (server && origin.startsWith('http'))
      return origin + pathname.replace(/([^/]|^)\/+$/, '$1').replace(/\/livechat$/, '')
  } catch {
    // What cannot be parsed is no address.
  }
  return undefined
}
