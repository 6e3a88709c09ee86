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
  { route: 'GET livechat/config', part: 'query', validator: 'isGETLivechatConfigParams', value: { token, department: 'd' } },
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
  { route: 'GET livechat/visitors.info', part: 'query', validator: 'isLivechatVisitorsInfoProps', value: { visitorId: 'v' } },
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
    return [{ how: `${path} is an object`, value: { a: 1 } }, ...(typeof value === 'boolean' ? [{ how: `${path} is a word`, value: 'perhaps' }] : [])]
  }
  const keys = Object.keys(value)
  return [
    { how: `${path || 'the whole'} is empty`, value: {} },
    { how: `${path} has one more`, value: { ...value, somethingElse: '1' } },
    ...keys.map((key) => ({ how: `${path}.${key} is missing`, value: Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) })),
    ...keys.flatMap((key) =>
      spoil(value[key], part, `${path}.${key}`).map(({ how, value: inner }) => ({ how, value: { ...value, [key]: inner } })),
    ),
  ]
}
