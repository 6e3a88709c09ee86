/** Old Prototype.js gives arrays and texts, and other scripts every object, a `toJSON` of their own: what it made of ours is put back. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key]
  })
