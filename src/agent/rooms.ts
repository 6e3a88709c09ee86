import type { CallOptions } from '../browser/ports'
import type { Call } from './calls'
import type { ChatRoom, List, ListOptions } from './contracts'
import { decodeRoom } from './decode'
import { AgentError } from './error'
import { decodeList, listQuery } from './list'

export interface RoomsOptions extends ListOptions {
  open?: boolean
  queued?: boolean
}

export type LoadRooms = (options: RoomsOptions) => Promise<List<ChatRoom>>

const asQueryText = (flag: boolean | undefined) => (flag === undefined ? undefined : String(flag))

/** The rooms of everybody are listed to livechat managers only. An ordinary agent may list the own ones, and must say so. */
export const createRooms = (asAgent: Call, userId: string): LoadRooms => {
  /** Set once the server has refused to list everybody's rooms. */
  let ownRooms: CallOptions['query'] = {}

  return async ({ open, queued, ...options }) => {
    const list = () =>
      asAgent('rooms', 'GET', 'livechat/rooms', {
        query: { ...listQuery(options), open: asQueryText(open), queued: asQueryText(queued), ...ownRooms },
      })
    const body = await list().catch((error: unknown) => {
      const isRefused = error instanceof AgentError && error.status === 403
      if (!isRefused || ownRooms?.['agents[]']) throw error
      // Nobody serves a room that waits, so none of them is an agent's own.
      if (queued)
        throw new AgentError(
          'not-permitted',
          'rooms: those that wait are listed only to who may see everybody’s: the role needs the permission view-livechat-rooms.',
          { status: 403, serverCode: error.serverCode, says: error.says },
        )
      ownRooms = { 'agents[]': userId }
      return list()
    })
    return decodeList(body, 'rooms', decodeRoom, options.offset ?? 0)
  }
}
