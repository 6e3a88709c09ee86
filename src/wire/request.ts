import { toJson } from './json'

/**
 * A POST of JSON that outlives its page. Without `no-store` browsers remember a preflight for some seconds; with it they would ask for one
 * before each request.
 */
export const jsonPost = (body: unknown): RequestInit => ({
  method: 'POST',
  keepalive: true,
  headers: { 'Content-Type': 'application/json' },
  body: toJson(body),
})
