/**
 * Old Prototype.js gives objects, arrays and strings a `toJSON` of their own, which turns `[…]` into a text: it is taken off for the
 * moment of writing.
 */
export const toJson = (value: unknown): string => {
  const masked = [Object, Array, String].map(({ prototype }) => [prototype, Object.getOwnPropertyDescriptor(prototype, 'toJSON')] as const)
  for (const [prototype, own] of masked) if (own) Reflect.deleteProperty(prototype, 'toJSON')
  try {
    return JSON.stringify(value)
  } finally {
    for (const [prototype, own] of masked) if (own) Object.defineProperty(prototype, 'toJSON', own)
  }
}
