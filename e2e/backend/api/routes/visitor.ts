import { fail, meteorFail, ok } from '../../http/envelope.ts'
import { publicVisitor, register } from '../../office/visitors.ts'
import type { Call, Named, Route } from '../route.ts'
import { flag, list, shape, text, textOrNull } from '../../http/schema.ts'
import type { VisitorBody } from '../../../../src/wire/rest.ts'

const few = () => ({ calls: 5, windowMs: 60_000 })

const visitorBody = shape({
  visitor: shape(
    {
      token: text,
      'name?': textOrNull,
      'email?': textOrNull,
      'phone?': textOrNull,
      'username?': textOrNull,
      'department?': textOrNull,
      'customFields?': list(shape({ key: text, value: text, overwrite: flag })),
    },
    true,
  ),
})

const host = (origin: string | undefined) => (origin ? { host: origin } : {})

function post({ office, era, body, headers, ip }: Call<unknown, VisitorBody>) {
  const guest = body.visitor
  if (guest.token.trim() === '')
    return meteorFail('error-invalid-token', 'Token cannot be empty', { method: 'livechat/visitor' })
  const seen = { userAgent: headers['user-agent'], ip, ...host(headers.origin) }
  const registered = register(office, guest, seen, era)
  switch (registered.kind) {
    case 'bad-email':
      return meteorFail('error-invalid-email', era >= 9 ? '' : `Invalid email ${registered.email}`)
    case 'bad-department':
      return era >= 8
        ? fail('error-invalid-department')
        : meteorFail('error-invalid-department', 'The provided department is invalid')
    case 'missing-fields':
      return fail(`Missing required custom fields: ${registered.keys.join(', ')}`)
    case 'registered':
      return ok({ visitor: publicVisitor(registered.visitor, era) })
  }
}

function get({ office, era, params }: Call & Named<'token'>) {
  const visitor = office.store.visitorByToken(params.token)
  return visitor
    ? ok({ visitor: publicVisitor(visitor, era) })
    : meteorFail('invalid-token', era >= 9 ? 'Invalid token' : '')
}

function remove({ office, era, params }: Call & Named<'token'>) {
  const { store, settings } = office
  const visitor = store.visitorByToken(params.token)
  if (!visitor) return meteorFail('invalid-token', era >= 9 ? 'Invalid token' : '')
  const open = store.rooms().some((room) => room.open && room.v._id === visitor._id)
  if (open && !settings.collectHeaders)
    return meteorFail('visitor-has-open-rooms', 'Cannot remove visitors with opened rooms')
  store.removeVisitor(visitor)
  return ok({ visitor: { _id: visitor._id, ts: store.now() } })
}

function status({ office, body }: Call<unknown, { token: string; status: string }>) {
  const visitor = office.store.visitorByToken(body.token)
  if (!visitor) return meteorFail('invalid-token')
  visitor.status = body.status
  office.store.putVisitor(visitor)
  const room = office.store.openRoom(body.token)
  if (room) {
    room.v.status = body.status
    office.store.putRoom(room)
  }
  return ok({ token: body.token, status: body.status })
}

export const visitorRoutes: Route[] = [
  { method: 'POST', path: 'livechat/visitor', limit: few, body: visitorBody, checkedBy: 'match', act: post },
  { method: 'GET', path: 'livechat/visitor/:token', act: get },
  {
    method: 'DELETE',
    path: 'livechat/visitor/:token',
    limit: (era) => (era >= 9 ? few() : { calls: 10, windowMs: 60_000 }),
    act: remove,
  },
  {
    method: 'POST',
    path: 'livechat/visitor.status',
    body: shape({ token: text, status: text }),
    checkedBy: 'match',
    act: status,
  },
]
