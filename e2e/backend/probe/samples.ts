/** One request per route that every server takes, to be spoilt in every way. */
export interface Sample {
  route: string
  part: 'query' | 'body'
  validator: string
  value: Record<string, unknown>
  /** Up to the newest dialect this route is checked by type, not by schema. */
  matchBefore9?: boolean
}

const token = 'iNKE8a6k6cjbqWhWd'
const rid = 'vp3D9H8ud6HYvRpvq'

export const samples: Sample[] = [
  {
    route: 'POST livechat/page.visited',
    part: 'body',
    validator: 'isPOSTLivechatPageVisitedParams',
    value: { token, rid, pageInfo: { change: 'url', title: 'A', location: { href: 'http://localhost:3000/' } } },
  },
  {
    route: 'GET livechat/config',
    part: 'query',
    validator: 'isGETLivechatConfigParams',
    value: { token, department: 'd' },
  },
  {
    route: 'GET livechat/room',
    part: 'query',
    validator: 'isGETLivechatRoomParams',
    value: { token, rid },
    matchBefore9: true,
  },
  {
    route: 'POST livechat/visitor.status',
    part: 'body',
    validator: 'isLivechatVisitorStatusProps',
    value: { token, status: 'away' },
    matchBefore9: true,
  },
  {
    route: 'POST livechat/custom.field',
    part: 'body',
    validator: 'isPOSTLivechatCustomFieldParams',
    value: { token, key: 'address', value: 'Some street', overwrite: true },
  },
  {
    route: 'POST livechat/custom.fields',
    part: 'body',
    validator: 'isPOSTLivechatCustomFieldsParams',
    value: { token, customFields: [{ key: 'address', value: 'Some street', overwrite: true }] },
  },
  {
    route: 'POST livechat/message',
    part: 'body',
    validator: 'isPOSTLivechatMessageParams',
    value: { token, rid, msg: 'Xup?', _id: 'KLgpbsdZEgETahypp', agent: { agentId: 'a', username: 'ana' } },
  },
  { route: 'GET livechat/message/m', part: 'query', validator: 'isGETLivechatMessageIdParams', value: { token, rid } },
  {
    route: 'PUT livechat/message/m',
    part: 'body',
    validator: 'isPUTLivechatMessageIdParams',
    value: { token, rid, msg: 'x' },
  },
  {
    route: 'DELETE livechat/message/m',
    part: 'body',
    validator: 'isDELETELivechatMessageIdParams',
    value: { token, rid },
  },
  {
    route: 'GET livechat/messages.history/r',
    part: 'query',
    validator: 'isGETLivechatMessagesHistoryRidParams',
    value: { token, end: '2026-01-01T00:00:00.000Z', limit: '20', offset: '0', ls: '2026-01-01T00:00:00.000Z' },
  },
  {
    route: 'POST livechat/room.close',
    part: 'body',
    validator: 'isPOSTLivechatRoomCloseParams',
    value: { rid, token },
  },
  {
    route: 'POST livechat/room.survey',
    part: 'body',
    validator: 'isPOSTLivechatRoomSurveyParams',
    value: { rid, token, data: [{ name: 'satisfaction', value: '5' }] },
  },
  {
    route: 'POST livechat/transcript',
    part: 'body',
    validator: 'isPOSTLivechatTranscriptParams',
    value: { rid, token, email: 'visitor@example.com' },
  },
  {
    route: 'POST livechat/offline.message',
    part: 'body',
    validator: 'isPOSTLivechatOfflineMessageParams',
    value: {
      name: 'Mende',
      email: 'visitor@example.com',
      message: 'Hello',
      department: 'd',
      host: 'https://shop.example',
    },
  },
  {
    route: 'POST livechat/visitor/department.transfer',
    part: 'body',
    validator: 'isPOSTLivechatVisitorDepartmentTransferParams',
    value: { rid, token, department: 'd' },
  },
  {
    route: 'POST livechat/triggers/t/external-service/call',
    part: 'body',
    validator: 'isLivechatTriggerWebhookCallParams',
    value: { token, extraData: [{ key: 'page', value: 'x' }] },
  },
  { route: 'GET livechat/agent.next/t', part: 'query', validator: 'isGETAgentNextToken', value: { department: 'd' } },
  {
    route: 'GET livechat/visitors.info',
    part: 'query',
    validator: 'isLivechatVisitorsInfoProps',
    value: { visitorId: 'v' },
  },
  {
    route: 'GET livechat/visitors.pagesVisited/r',
    part: 'query',
    validator: 'isGETLivechatVisitorsPagesVisitedRoomIdParams',
    value: { count: '5', offset: '0', sort: '{"ts":1}' },
  },
  {
    route: 'GET livechat/visitors.chatHistory/room/r/visitor/v',
    part: 'query',
    validator: 'isGETLivechatVisitorsChatHistoryRoomRoomIdVisitorVisitorIdParams',
    value: { count: '5', offset: '0', sort: '{"ts":1}' },
  },
]

interface Spoilt {
  how: string
  value: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Every key taken away, added to, or given the wrong kind of value, at every depth. */
export function spoil(value: unknown, part: 'query' | 'body', path = ''): Spoilt[] {
  if (Array.isArray(value)) {
    return [
      { how: `${path} is text`, value: 'text' },
      ...spoil(value[0], part, `${path}[0]`).map(({ how, value: first }) => ({ how, value: [first] })),
    ]
  }
  if (!isObject(value)) {
    if (part === 'query') return []
    return [
      { how: `${path} is an object`, value: { a: 1 } },
      ...(typeof value === 'boolean' ? [{ how: `${path} is a word`, value: 'perhaps' }] : []),
    ]
  }
  const keys = Object.keys(value)
  return [
    { how: `${path || 'the whole'} is empty`, value: {} },
    { how: `${path} has one more`, value: { ...value, somethingElse: '1' } },
    ...keys.map((key) => ({
      how: `${path}.${key} is missing`,
      value: Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
    })),
    ...keys.flatMap((key) =>
      spoil(value[key], part, `${path}.${key}`).map(({ how, value: inner }) => ({
        how,
        value: { ...value, [key]: inner },
      })),
    ),
  ]
}
