/** Options that inherit nothing: a library may have added `signal` or `method` to `Object.prototype`, and the browser, or we, would read it. */
export const plain = <T extends object>(options: T): T => ({ __proto__: null, ...options })
