import type { Clock } from '../browser/ports'
import type { Json } from '../wire/json'
import { AgentError } from './refusal'

export interface ListOptions {
  /** How many to pass over. */
  offset?: number
  /** How many to ask for; the server gives 50 unless told, and seldom more than 100. */
  count?: number
  /** Fields and directions, for example `{ ts: 1 }` for the oldest first. */
  sort?: Record<string, 1 | -1>
}

export interface List<T> {
  items: T[]
  offset: number
  /** Of all there are; some servers do not say. */
  total?: number
  /** Entries that could not be read and were left out. */
  unreadable: number
}

/** Awaited it is the first list; with `for await` it is all of them, one after the other, waiting where the limiter says so. */
export type Listing<T> = Promise<List<T>> & AsyncIterable<List<T>>

const usualCount = 50

export const listQuery = ({ offset, count, sort }: ListOptions) => ({
  offset,
  count,
  sort: sort && JSON.stringify(sort),
})

export const readList = <T>(
  body: Json,
  key: string,
  decode: (value: unknown) => T | undefined,
  offset: number,
): List<T> => {
  const all = body[key]
  if (!Array.isArray(all)) throw new AgentError('unreadable', `The server’s answer has no list of ${key}.`)
  const items = all.flatMap((value) => decode(value) ?? [])
  return {
    items,
    offset,
    ...(typeof body.total === 'number' ? { total: body.total } : {}),
    unreadable: all.length - items.length,
  }
}

export const createListing = <T extends { id: string }>(
  load: (offset: number) => Promise<List<T>>,
  { offset: start = 0, count }: ListOptions,
  clock: Clock,
): Listing<T> => {
  const first = load(start)

  const patiently = async (attempt: Promise<List<T>>, offset: number): Promise<List<T>> => {
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
  async function* all(): AsyncGenerator<List<T>> {
    const seen = new Set<string>()
    let offset = start
    for (let list = await patiently(first, offset); ; list = await patiently(load(offset), offset)) {
      const received = list.items.length + list.unreadable
      const items = list.items.filter(({ id }) => !seen.has(id))
      items.forEach(({ id }) => seen.add(id))
      if (items.length) yield { ...list, items }
      offset += received
      if (!received || (list.total === undefined ? received < (count || usualCount) : offset >= list.total)) return
    }
  }

  return Object.assign(first, { [Symbol.asyncIterator]: all })
}
