import { users } from '../demo.ts'
import { ok } from '../envelope.ts'
import { isVisitorField } from '../registration.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../schema.ts'
import type { Visitor } from '../store.ts'
import type { World } from '../world.ts'

const guestOf = ({ _id, name, username, token, visitorEmails, department }: Visitor) => ({
  _id,
  ...(name ? { name } : {}),
  username,
  token,
  ...(visitorEmails ? { visitorEmails } : {}),
  ...(department ? { department } : {}),
})

function roomOfGuest(world: World, token: string) {
  const room = world.store.openRoom(token)
  if (!room) return undefined
  const { _id, departmentId, servedBy, open } = room
  return { _id, ...(departmentId ? { departmentId } : {}), ...(servedBy ? { servedBy } : {}), open }
}

function agentOf(world: World, agentId: string | undefined) {
  const agent = users.find(({ _id }) => _id === agentId)
  if (!agent) return undefined
  if (world.settings.settings.agentHiddenInfo) return { hiddenInfo: true }
  const { _id, name, username } = agent
  return { _id, name, username, status: 'online', livechat: {}, phone: [], customFields: {} }
}

function config({ world, query, origin }: Call<{ token?: string }>) {
  const { settings: all, store } = world
  if (!all.enabled) return ok({ config: { enabled: false } })
  const visitor = query.token ? store.visitorByToken(query.token) : undefined
  const room = visitor && roomOfGuest(world, visitor.token)
  const agent = agentOf(world, room?.servedBy?._id)
  const fields = all.customFields.filter(isVisitorField).map(({ scope: _scope, ...field }) => ({ options: [], ...field }))
  return ok({
    config: {
      enabled: true,
      settings: all.settings,
      theme: all.theme,
      messages: all.messages,
      survey: all.survey,
      triggers: all.triggers,
      departments: all.departments,
      resources: { ...all.resources, sound: all.resources.sound || `${origin}/sounds/chime.mp3` },
      online: all.online,
      ...(visitor ? { guest: guestOf(visitor) } : {}),
      ...(room ? { room } : {}),
      ...(agent ? { agent } : {}),
      ...(fields.length > 0 ? { customFields: fields } : {}),
    },
  })
}

export const configRoutes: Route[] = [
  {
    method: 'GET',
    path: 'livechat/config',
    query: shape({ 'token?': text, 'department?': text, 'businessUnit?': text }),
    act: config,
  },
]
