import { agentData, isOnline, servingAgent } from '../../office/agents.ts'
import { ok } from '../../http/envelope.ts'
import { isVisitorField } from '../../office/visitors.ts'
import { queueInfo } from '../../office/queue.ts'
import type { Call, Route } from '../route.ts'
import { shape, text } from '../../http/schema.ts'
import type { Office, Visitor } from '../../office/contracts.ts'
import type { Settings } from '../../office/store/settings.ts'

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

/** Of calls by video: a list at first, later one for each provider. */
const callMethods = [
  { icon: 'icon-videocam', i18nLabel: 'Accept', method_id: 'createLivechatCall', params: '' },
  { icon: 'icon-cancel', i18nLabel: 'Decline', method_id: 'denyLivechatCall', params: '' },
]
const webrtc = [
  {
    actionLinksAlignment: 'flex-start',
    i18nLabel: 'Join_call',
    label: 'Join call',
    method_id: 'joinLivechatWebRTCCall',
  },
  { i18nLabel: 'End_call', label: 'End call', method_id: 'endLivechatWebRTCCall', danger: true },
]

function themeOf({ theme }: Settings, era: number) {
  if (era < 6) return { ...without(theme, youngTheme), actionLinks: callMethods }
  return era < 8 ? { ...theme, actionLinks: { webrtc, ...theme.actionLinks } } : theme
}

/** Whether the visitor is told to wait is no setting of its own: it is said where agents choose their rooms themselves. */
function settingsOf({ settings, routing }: Settings, era: number) {
  return era < 6 ? without(settings, youngSettings) : { ...settings, showConnecting: routing === 'manual' }
}

function config({ office, era, query }: Call<{ token?: string; department?: string; businessUnit?: string }>) {
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
      settings: settingsOf(all, era),
      theme: themeOf(all, era),
      messages: all.messages,
      survey: all.survey,
      triggers: all.triggers,
      departments: all.departments
        .filter(({ unit }) => !query.businessUnit || unit === query.businessUnit)
        .map(({ agents: _agents, unit: _unit, ...department }) => department),
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
