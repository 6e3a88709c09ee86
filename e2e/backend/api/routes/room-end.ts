import { close } from '../../office/conversation.ts'
import { fail, failWith, meteorFail, ok } from '../../http/envelope.ts'
import { isEmail } from '../../../../src/wire/email.ts'
import { asAuthor } from '../../office/messages/messages.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Route } from '../route.ts'
import { list, shape, text } from '../../http/schema.ts'

interface Own {
  token: string
  rid: string
}

const comment = 'Closed by visitor'

function closeRoom({ office, body }: Call<unknown, Own>) {
  const { store, settings } = office
  if (!settings.settings.visitorsCanCloseChat) return fail('error-not-allowed-to-close-conversation')
  const visitor = store.visitorByToken(body.token)
  if (!visitor) return fail('invalid-token')
  const room = roomOf(office, body.rid, body.token)
  if (!room) return fail('invalid-room')
  if (!room.open) return fail('room-closed')
  close(office, room, { by: asAuthor(visitor), closer: 'visitor', comment, token: visitor.token })
  return ok({ rid: room._id, comment })
}

/** Known questions with one of the offered answers, and any further words. */
function survey({ office, body }: Call<unknown, Own & { data: { name: string; value: string }[] }>) {
  const { store, settings } = office
  if (!store.visitorByToken(body.token)) return fail('invalid-token')
  const room = roomOf(office, body.rid, body.token)
  if (!room) return fail('invalid-room')
  const { items, values } = settings.survey
  if (items.length === 0 || values.length === 0) return fail('invalid-livechat-config')
  const kept = body.data.filter(
    ({ name, value }) => name === 'additionalFeedback' || (items.includes(name) && values.includes(value)),
  )
  if (kept.length === 0) return fail('invalid-data')
  const data = Object.fromEntries(kept.map(({ name, value }) => [name, value]))
  room.survey = { ...room.survey, ...data }
  store.putRoom(room)
  return ok({ rid: room._id, data })
}

/** The room's own token counts, though the visitor may have another by now. */
function transcript({ office, body }: Call<unknown, Own & { email: string }>) {
  const { store, settings } = office
  const room = store.room(body.rid)
  if (!room) return fail('error-invalid-room')
  if (room.v.token !== body.token) return fail('error-invalid-visitor')
  if (!isEmail(body.email)) return meteorFail('invalid email')
  if (settings.transcriptFails) return failWith({ message: 'Error sending Omnichannel transcript' })
  const spoken = store.messages().filter(({ rid, t, _hidden }) => rid === room._id && !t && !_hidden)
  const lines = spoken.map(({ u, msg }) => `${u.name ?? u.username}: ${msg}`)
  store.putMail({ kind: 'transcript', to: body.email, rid: room._id, text: lines.join('\n'), at: store.now() })
  return ok({ message: 'Omnichannel transcript sent' })
}

export const roomEndRoutes: Route[] = [
  { method: 'POST', path: 'livechat/room.close', body: shape({ token: text, rid: text }), act: closeRoom },
  {
    method: 'POST',
    path: 'livechat/room.survey',
    body: shape({ token: text, rid: text, data: list(shape({ name: text, value: text }), 1) }),
    act: survey,
  },
  {
    method: 'POST',
    path: 'livechat/transcript',
    limit: (era) => ({ calls: era >= 9 ? 5 : 10, windowMs: 60_000 }),
    body: shape({ rid: text, token: text, email: text, 'subject?': text }),
    act: transcript,
  },
]
