/** Addresses under the server. The first two are the calls of the REST API that tracking itself makes. */
export const configPath = '/api/v1/livechat/config'
export const pageVisitedPath = '/api/v1/livechat/page.visited'

/**
 * An id as one segment of a path. No encoding keeps a segment of dots from climbing out, because browsers read `%2E` as a dot as well: such an id is
 * nobody's, and is asked for under another name.
 */
export const pathSegment = (id: string): string => encodeURIComponent(id.toWellFormed()).replace(/^\.\.?$/, '-')

/** Where the server takes websockets: under its own folder, with `wss:` for `https:`. */
export const socketAddress = (server: string): string => `${server.replace(/^http/, 'ws')}/websocket`
