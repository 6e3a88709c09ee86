/** Old Prototype.js gives arrays and texts, and other scripts every object, a `toJSON` of their own: what it made of ours is put back. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key]
  })

/** Of JSON, in a request that outlives the page. With `no-store` browsers would ask for a preflight each time; without it they remember one for some seconds. */
export const posting = (body: unknown): RequestInit => ({
  method: 'POST',
  keepalive: true,
  headers: { 'Content-Type': 'application/json' },
  body: toJson(body),
})
