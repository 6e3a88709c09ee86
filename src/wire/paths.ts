/** Addresses under the server. The first two are the calls of the REST API that tracking itself makes. */
export const configPath = '/api/v1/livechat/config'
export const pageVisitedPath = '/api/v1/livechat/page.visited'

/** Where the server takes websockets: under its own folder, with `wss:` for `https:`. */
export const socketAddress = (server: string): string => `${server.replace(/^http/, 'ws')}/websocket`
