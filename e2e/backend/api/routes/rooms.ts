import { ok } from '../../http/envelope.ts'
import { pageKeys, slice, type PageQuery } from '../../http/paging.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'
import { permission } from './visitors.ts'

/** The conversations an agent may see: of the filters only `open` acts here. */
function list({ office, query }: Call<PageQuery & { open?: string }>) {
  const wanted = query.open === undefined ? undefined : query.open === 'true'
  const rooms = office.store.rooms().filter(({ open }) => wanted === undefined || (open ?? false) === wanted)
  const found = slice(rooms, query)
  if (found.kind === 'refused') return found.answer
  const { items, count, offset, total } = found
  return ok({ rooms: items, count, offset, total })
}

export const roomListRoutes: Route[] = [
  { method: 'GET', path: 'livechat/rooms', permission, query: shape({ ...pageKeys, 'open?': text }), act: list },
]
