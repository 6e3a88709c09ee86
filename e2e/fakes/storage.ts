/** What the tabs of a browser keep: in one map, atomically, copied on the way in and out. */
import type { Storage } from '../../src/browser/ports'

export const createStorage = (values: Map<string, unknown>): Storage => {
  const under = (prefix: string) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort()
  return {
    get: async <T>(key: string) => structuredClone(values.get(key)) as T | undefined,
    async update<T>(key: string, change: (old: T | undefined) => T | undefined) {
      const value = change(values.get(key) as T | undefined)
      if (value === undefined) values.delete(key)
      else values.set(key, structuredClone(value))
      return value
    },
    set: async (key, value) => void values.set(key, structuredClone(value)),
    delete: async (...keys) => keys.forEach((key) => void values.delete(key)),
    list: async <T>(prefix: string, limit = Infinity) => under(prefix).map((key) => values.get(key) as T).slice(0, limit),
    clear: async (prefix) => under(prefix).forEach((key) => void values.delete(key)),
    volatile: () => false,
    leave: () => undefined,
  }
}
