import { departmentByIdOrName } from '../../office/departments.ts'
import { transfer } from '../../office/conversation.ts'
import { fail, ok } from '../../http/envelope.ts'
import { asAuthor } from '../../office/messages/messages.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'
import type { Department } from '../../office/store/settings.ts'
import type { Office, Room, Visitor } from '../../office/contracts.ts'

interface TransferBody {
  rid: string
  token: string
  department: string
}

const moveRoom = (office: Office, room: Room, visitor: Visitor, department: Department) =>
  transfer(office, room, { by: { ...asAuthor(visitor), userType: 'visitor' }, to: { department } })

/** Checks that the token exists, not that the room is its own. */
function byVisitor({ office, body }: Call<unknown, TransferBody>) {
  const visitor = office.store.visitorByToken(body.token)
  if (!visitor) return fail('invalid-token')
  const room = office.store.room(body.rid)
  if (!room) return fail('error-invalid-room')
  if (!room.open) return fail('This_conversation_is_already_closed')
  const department = departmentByIdOrName(office, body.department)
  if (!department) return fail('error-invalid-department')
  moveRoom(office, room, visitor, department)
  return ok()
}

/** The older route: answers with the room. */
function roomTransfer({ office, body }: Call<unknown, TransferBody>) {
  const visitor = office.store.visitorByToken(body.token)
  if (!visitor) return fail('invalid-token')
  const room = roomOf(office, body.rid, body.token)
  if (!room) return fail('invalid-room')
  const department = departmentByIdOrName(office, body.department)
  if (!room.open || !department) return fail()
  moveRoom(office, room, visitor, department)
  const { _id, servedBy, open, departmentId } = room
  return ok({ room: { _id, ...(servedBy ? { servedBy } : {}), open, departmentId } })
}

const body = shape({ token: text, rid: text, department: text })

export const transferRoutes: Route[] = [
  { method: 'POST', path: 'livechat/visitor/department.transfer', eras: { from: 8 }, body, act: byVisitor },
  { method: 'POST', path: 'livechat/room.transfer', eras: { to: 7 }, body, act: roomTransfer },
]
