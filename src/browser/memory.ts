import type { Database } from './ports'

/** The database's twin in memory, for tests of whatever stands on it. */
export const createMemory = (values = new Map<string, unknown>()): Database => {
  const under = (prefix: string) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort()
  return {
    get: async (key) => values.get(key),
    async update(key, change) {
      const value = change(values.get(key))
      if (value === undefined) values.delete(key)
      else values.set(key, structuredClone(value))
      return value
    },
    clear: async (prefix) => under(prefix).forEach((key) => values.delete(key)),
    list: async (prefix, limit) =>
      under(prefix)
        .slice(0, limit)
        .map((key) => structuredClone(values.get(key))),
  }
}
