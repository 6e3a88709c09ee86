import type { CallOptions, Clock } from '../browser/ports'
import type { Json } from '../wire/json'
import type { List, Listing, ListOptions } from './contracts'
import { AgentError } from './error'

/** What the server sends where no number is asked for. */
const defaultCount = 50

export const listQuery = ({ offset, count, sort }: ListOptions): CallOptions['query'] => ({
  offset,
  count,
  sort: sort && JSON.stringify(sort),
})

export const decodeList = <T>(
  body: Json,
  key: string,
  decode: (value: unknown) => T | undefined,
  offset: number,
): List<T> => {
  const entries = body[key]
  if (!Array.isArray(entries)) throw new AgentError('unreadable', `The server’s answer has no list of ${key}.`)
  const items = entries.flatMap((entry) => decode(entry) ?? [])
  return {
    items,
    offset,
    ...(typeof body.total === 'number' ? { total: body.total } : {}),
    unreadable: entries.length - items.length,
  }
}

export const createListing = <T extends { id: string }>(
  load: (offset: number) => Promise<List<T>>,
  { offset: firstOffset = 0, count }: ListOptions,
  clock: Clock,
): Listing<T> => {
  const first = load(firstOffset)

  /** Waits where the limiter says so, and asks again. */
  const loadPatiently = async (attempt: Promise<List<T>>, offset: number): Promise<List<T>> => {
    for (;;) {
      try {
        return await attempt
      } catch (error) {
        if (!(error instanceof AgentError) || error.retryAfterMs === undefined) throw error
        const { retryAfterMs } = error
        await new Promise<void>((resolve) => clock.after(retryAfterMs, resolve))
        attempt = load(offset)
      }
    }
  }

  /** New entries move the old ones along while they are read, so that some come twice: the second time they are left out. */
  async function* readAll(): AsyncGenerator<List<T>> {
    const seen = new Set<string>()
    let offset = firstOffset
    for (let list = await loadPatiently(first, offset); ; list = await loadPatiently(load(offset), offset)) {
      const received = list.items.length + list.unreadable
      const items = list.items.filter(({ id }) => !seen.has(id))
      items.forEach(({ id }) => seen.add(id))
      if (items.length) yield { ...list, items }
      // The first servers skip nothing, whatever the offset: a page of which every entry is known already is the last.
      else if (list.items.length) return
      offset += received
      if (!received || (list.total === undefined ? received < (count || defaultCount) : offset >= list.total)) return
    }
  }

  return Object.assign(first, { [Symbol.asyncIterator]: readAll })
}
