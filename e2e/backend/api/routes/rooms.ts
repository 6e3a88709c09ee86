import { fail, forbidden, ok } from '../../http/envelope.ts'
import { pageKeys, slice, type PageQuery } from '../../http/paging.ts'
import type { Call, Route } from '../route.ts'
import { anything, shape, text } from '../../http/schema.ts'
import type { Room } from '../../office/contracts.ts'

interface RoomsQuery extends PageQuery {
  open?: string
  queued?: string
  agents?: string | string[]
}

/** Who may see all rooms, or only asks for the own ones. */
function maySee({ era, user }: Call<RoomsQuery>, agents: string[] | undefined) {
  const permissions = user?.permissions ?? []
  if (era < 6) return permissions.includes('view-livechat-manager')
  const isOwn = agents?.length === 1 && agents[0] === user?._id
  return permissions.includes('view-livechat-rooms') || (permissions.includes('view-l-room') && isOwn)
}

/** Open rooms are those somebody serves: who waits is asked for as queued. */
function isWanted({ open, servedBy }: Room, query: RoomsQuery): boolean {
  if (query.queued === 'true') return open === true && servedBy === undefined
  if (query.open === 'true') return open === true && servedBy !== undefined
  return query.open !== 'false' || !open
}

const isServedBy = ({ servedBy }: Room, agents: string[]) =>
  servedBy !== undefined && (agents.includes(servedBy._id) || agents.includes(servedBy.username))

function list(call: Call<RoomsQuery>) {
  const { office, era, query } = call
  const agents = query.agents === undefined ? undefined : [query.agents].flat()
  if (!maySee(call, agents)) return forbidden(era >= 9 ? 'forbidden' : 'unauthorized')
  const rooms = office.store.rooms().filter((room) => isWanted(room, query) && (!agents || isServedBy(room, agents)))
  const found = slice(rooms, query)
  if (found.kind === 'refused') return found.answer
  const { items, count, offset, total } = found
  return ok({ rooms: items, count, offset, total })
}

export const roomListRoutes: Route[] = [
  {
    method: 'GET',
    path: 'livechat/rooms',
    permission: () => ({ refusal: fail() }),
    query: shape({ ...pageKeys, 'open?': text, 'queued?': text, 'agents?': anything }),
    act: list,
  },
]
