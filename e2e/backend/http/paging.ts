import { meteorFail, type Answer } from './envelope.ts'
import { isRecord, number, text, type Schema } from './schema.ts'

export interface PageQuery {
  count?: number
  offset?: number
  sort?: string
}

export const pageKeys: Record<string, Schema> = { 'count?': number, 'offset?': number, 'sort?': text }

export type Slice<Item> =
  | { kind: 'slice'; items: Item[]; count: number; offset: number; total: number }
  | { kind: 'refused'; answer: Answer }

type Sort = Record<string, 1 | -1>

function readSort(given: string | undefined): Sort | undefined {
  if (given === undefined) return { ts: -1 }
  try {
    const value: unknown = JSON.parse(given)
    return isRecord(value) && Object.values(value).every((way) => way === 1 || way === -1) ? (value as Sort) : undefined
  } catch {
    return undefined
  }
}

const compare = (a: unknown, b: unknown) => (a === b ? 0 : (a as string) < (b as string) ? -1 : 1)

/** `count` 0 is all, 50 unless told, never more than 100. */
export function slice<Item extends object>(all: Item[], query: PageQuery): Slice<Item> {
  const sort = readSort(query.sort)
  if (!sort)
    return {
      kind: 'refused',
      answer: meteorFail('error-invalid-sort', `Invalid sort parameter provided: "${query.sort}"`),
    }
  const sorted = [...all].sort((a, b) => {
    for (const [key, way] of Object.entries(sort)) {
      const order = compare((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]) * way
      if (order !== 0) return order
    }
    return 0
  })
  const offset = Math.max(0, query.offset ?? 0)
  const wanted = query.count === 0 ? sorted.length : Math.min(100, query.count ?? 50)
  const items = sorted.slice(offset, offset + wanted)
  return { kind: 'slice', items, count: items.length, offset, total: sorted.length }
}
