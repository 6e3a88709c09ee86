import type { AgentParts, ChatRoom } from '../agent'
import { localTime } from './formatTime'
import { logIn } from './login'
import { printTable } from './table'
import { jsonLine, printable, type Terminal } from './terminal'

export interface RoomsOptions {
  server?: string
  open?: boolean
  queued?: boolean
  json?: boolean
}

/** In one list. */
const count = 50

const stateOf = ({ open, agent }: ChatRoom): string => (open ? (agent ? 'open' : 'waiting') : 'closed')

const rowOf = (room: ChatRoom): string[] => [
  room.id,
  stateOf(room),
  room.openedAt === undefined ? '' : localTime(room.openedAt),
  room.agent?.username ?? '',
  room.name ?? room.visitor?.username ?? '',
]

/** Without the visitor's token, which is nobody's business on a screen. */
const jsonOf = (room: ChatRoom): string =>
  jsonLine({
    id: room.id,
    state: stateOf(room),
    openedAt: room.openedAt === undefined ? undefined : new Date(room.openedAt).toISOString(),
    agent: room.agent?.username,
    visitor: room.name ?? room.visitor?.username,
    visitorId: room.visitor?.id,
  })

/** Prints the conversations that the agent may see, newest first. The exit code is 0; a refusal rejects. */
export const rooms = async (terminal: Terminal, options: RoomsOptions, parts?: AgentParts): Promise<number> => {
  const agent = logIn(terminal, 'rooms', options.server, parts)
  const wanted = { open: options.open || undefined, queued: options.queued || undefined }
  const { items, total = items.length } = await agent.rooms({ ...wanted, count, sort: { ts: -1 } })
  if (options.json) items.forEach((room) => terminal.out(jsonOf(room)))
  else if (items.length)
    printTable(
      terminal,
      ['ROOM', 'STATE', 'OPENED', 'AGENT', 'VISITOR'],
      items.map((room) => rowOf(room).map(printable)),
    )
  else terminal.err('There is no such conversation that this agent may see.')
  if (total > items.length) terminal.err(`These are the newest ${items.length} of ${total}.`)
  return 0
}
