import { toJson } from './json'

/**
 * How a server takes the JSON of a POST. `simple`: its header calls the JSON a kind of text, so that browsers ask no permission before they send
 * it (https://fetch.spec.whatwg.org/#cors-safelisted-request-header), and the server reads it all the same, as Rocket.Chat does since 8. `proper`:
 * its header says JSON, and browsers send a preflight first.
 */
export type PostWay = 'simple' | 'proper'

const contentTypes: Record<PostWay, string> = {
  simple: 'text/plain;type=application/json',
  proper: 'application/json',
}

/**
 * A POST of JSON that outlives its page. Without `no-store` browsers remember a preflight for some seconds; with it they would ask for one
 * before each request.
 */
export const jsonPost = (body: unknown, way: PostWay): RequestInit => ({
  method: 'POST',
  keepalive: true,
  headers: { 'Content-Type': contentTypes[way] },
  body: toJson(body),
})
