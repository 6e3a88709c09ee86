import { agentData, isOnline, servingAgent } from '../../office/agents.ts'
import { ok } from '../../http/envelope.ts'
import { isVisitorField } from '../../office/visitors.ts'
import { queueInfo } from '../../office/queue.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'
import type { Office, Visitor } from '../../office/contracts.ts'

const guestOf = ({ _id, name, username, token, visitorEmails, department }: Visitor) => ({
  _id,
  ...(name ? { name } : {}),
  username,
  token,
  ...(visitorEmails ? { visitorEmails } : {}),
  ...(department ? { department } : {}),
})

function roomOfGuest(office: Office, token: string) {
  const room = office.store.openRoom(token)
  if (!room) return undefined
  const { _id, departmentId, servedBy, open } = room
  return { _id, ...(departmentId ? { departmentId } : {}), ...(servedBy ? { servedBy } : {}), open }
}

/** What the first dialect did not have yet. */
const youngSettings = [
  'agentHiddenInfo',
  'clearLocalStorageWhenChatEnded',
  'hiddenSystemMessages',
  'hideWatermark',
  'limitTextLength',
  'livechatLogo',
  'visitorsCanCloseChat',
]
const youngTheme = ['position', 'background', 'hideExpandChat']

const without = (group: object, names: string[]) =>
  Object.fromEntries(Object.entries(group).filter(([name]) => !names.includes(name)))

function config({ office, era, query }: Call<{ token?: string; department?: string }>) {
  const { settings: all, store } = office
  if (!all.enabled) return ok({ config: { enabled: false } })
  const visitor = query.token ? store.visitorByToken(query.token) : undefined
  const room = visitor && roomOfGuest(office, visitor.token)
  const stored = room && store.room(room._id)
  const agent = stored && servingAgent(stored)
  const queue = stored && queueInfo(office, stored)
  const fields = all.customFields
    .filter(isVisitorField)
    .map(({ scope: _scope, ...field }) => ({ options: [], ...field }))
  return ok({
    config: {
      enabled: true,
      settings: era < 6 ? without(all.settings, youngSettings) : all.settings,
      theme: era < 6 ? without(all.theme, youngTheme) : all.theme,
      messages: all.messages,
      survey: all.survey,
      triggers: all.triggers,
      departments: all.departments.map(({ agents: _agents, ...department }) => department),
      resources: { ...all.resources, sound: all.resources.sound || `${office.origin}/sounds/chime.wav` },
      online: isOnline(office, query.department || undefined),
      ...(visitor ? { guest: guestOf(visitor) } : {}),
      ...(room ? { room } : {}),
      ...(agent ? { agent: agentData(office, agent) } : {}),
      ...(fields.length > 0 ? { customFields: fields } : {}),
      ...(queue ? { queueInfo: queue } : {}),
    },
  })
}

const route = { method: 'GET', path: 'livechat/config', act: config } as const

/** Before 3.0 it knows nothing but the token. */
export const configRoutes: Route[] = [
  { ...route, eras: { to: 5 }, query: shape({ 'token?': text }) },
  { ...route, eras: { from: 6 }, query: shape({ 'token?': text, 'department?': text, 'businessUnit?': text }) },
]
