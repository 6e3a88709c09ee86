/** Browsers let a page on https talk to the visitor's own machine without it. */
const isLoopback = (hostname: string): boolean => /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** Whether a page of this origin may not talk to the server because the page is on https and the server is not. */
export const isMixedContent = (origin: string, server: string): boolean =>
  origin.startsWith('https:') && server.startsWith('http:') && !isLoopback(new URL(server).hostname)
