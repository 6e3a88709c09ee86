/** The two calls of the REST API that tracking itself makes. */
export const configPath = '/api/v1/livechat/config'
export const pageVisitedPath = '/api/v1/livechat/page.visited'
