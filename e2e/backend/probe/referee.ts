import { readFileSync } from 'node:fs'
import { loadBundled, packageFile } from './bundle.ts'
import { fit } from '../api/route.ts'
import { anything, checkMatch, flag, list, number, shape, text, type Schema } from '../http/schema.ts'

type Part = 'query' | 'body' | 'params'

interface Published {
  route: string
  part: Part
  /** The validator's name in Rocket.Chat's own package of request schemas. */
  validator: string
}

export interface DocumentedCase {
  name: string
  dialect?: string
  as?: 'agent' | 'ordinary' | 'outsider'
  path?: string
  headers?: Record<string, string>
  file?: { field: string; name: string; type: string; base64?: string; size?: number }
  settings?: Record<string, unknown>
  state?: unknown
  body?: unknown
  status: number
  answer: unknown
  /** Paths whose value is the server's to choose: only the kind of value is compared. */
  madeByServer?: string[]
}

export interface DocumentedRoute {
  route: string
  query?: unknown
  body?: unknown
  settings?: Record<string, unknown>
  state?: unknown
  cases?: DocumentedCase[]
}

export interface Verdict {
  by: 'published schema' | 'documented table' | 'nothing'
  name: string
  fine: boolean
  says?: string
}

type Validator = ((value: unknown) => boolean) & { errors?: { message?: string }[] | null }

const published: Published[] = (
  [
    ['GET livechat/config', 'query', 'isGETLivechatConfigParams'],
    ['GET livechat/visitor/:token', 'params', 'isLivechatVisitorTokenGetProps'],
    ['DELETE livechat/visitor/:token', 'params', 'isLivechatVisitorTokenDeleteProps'],
    ['POST livechat/visitor.status', 'body', 'isLivechatVisitorStatusProps'],
    ['POST livechat/page.visited', 'body', 'isPOSTLivechatPageVisitedParams'],
    ['POST livechat/custom.field', 'body', 'isPOSTLivechatCustomFieldParams'],
    ['POST livechat/custom.fields', 'body', 'isPOSTLivechatCustomFieldsParams'],
    ['GET livechat/room', 'query', 'isGETLivechatRoomParams'],
    ['POST livechat/room.close', 'body', 'isPOSTLivechatRoomCloseParams'],
    ['POST livechat/room.survey', 'body', 'isPOSTLivechatRoomSurveyParams'],
    ['POST livechat/message', 'body', 'isPOSTLivechatMessageParams'],
    ['GET livechat/message/:_id', 'query', 'isGETLivechatMessageIdParams'],
    ['PUT livechat/message/:_id', 'body', 'isPUTLivechatMessageIdParams'],
    ['DELETE livechat/message/:_id', 'body', 'isDELETELivechatMessageIdParams'],
    ['GET livechat/messages.history/:rid', 'query', 'isGETLivechatMessagesHistoryRidParams'],
    ['POST livechat/transcript', 'body', 'isPOSTLivechatTranscriptParams'],
    ['POST livechat/offline.message', 'body', 'isPOSTLivechatOfflineMessageParams'],
    ['POST livechat/visitor/department.transfer', 'body', 'isPOSTLivechatVisitorDepartmentTransferParams'],
    ['POST livechat/triggers/:id/external-service/call', 'body', 'isLivechatTriggerWebhookCallParams'],
    ['GET livechat/agent.next/:token', 'query', 'isGETAgentNextToken'],
    ['GET livechat/rooms', 'query', 'isGETLivechatRoomsParams'],
    ['GET livechat/visitors.info', 'query', 'isLivechatVisitorsInfoProps'],
    ['GET livechat/visitors.pagesVisited/:roomId', 'query', 'isGETLivechatVisitorsPagesVisitedRoomIdParams'],
    [
      'GET livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId',
      'query',
      'isGETLivechatVisitorsChatHistoryRoomRoomIdVisitorVisitorIdParams',
    ],
  ] as const
).map(([route, part, validator]) => ({ route, part, validator }))

const readTable = (name: string) =>
  JSON.parse(readFileSync(new URL(`./documented/${name}.json`, import.meta.url), 'utf8')) as DocumentedRoute

/** Documented bodies, answers and texts: they judge where no schema is published. */
export const documented: DocumentedRoute[] = [
  'visitor',
  'room',
  'rooms',
  'room-visitor',
  'room-transfer',
  'pages-visited',
  'agent-info',
  'upload',
  'interaction',
].map(readTable)

/** `"string"`, `[…]` and `{…}` of a table as a schema. */
function toSchema(described: unknown): Schema {
  if (described === 'any') return anything
  if (described === 'boolean') return flag
  if (described === 'number') return number
  if (Array.isArray(described)) return list(toSchema(described[0]))
  if (typeof described !== 'object' || described === null) return text
  return shape(Object.fromEntries(Object.entries(described).map(([key, value]) => [key, toSchema(value)])))
}

let loading: Promise<Record<string, unknown>> | undefined

/** One of the published validators, by its name. */
export async function publishedValidator(name: string): Promise<Validator> {
  loading ??= loadBundled(packageFile('@rocket.chat/rest-typings', 'dist/v1/omnichannel.js'), {
    '@rocket.chat/core-typings': packageFile('@rocket.chat/core-typings', 'dist/ILivechatAgent.js'),
  })
  const validator = (await loading)[name]
  if (typeof validator !== 'function') throw new Error(`${name} is not published`)
  return validator as Validator
}

function find<Item extends { route: string }>(items: Item[], method: string, path: string) {
  for (const item of items) {
    const [verb, pattern = ''] = item.route.split(' ')
    const params = verb === method ? fit(pattern, path) : undefined
    if (params) return { item, params }
  }
  return undefined
}

const isEmpty = (value: unknown) => value === undefined || value === null || Object.keys(value).length === 0

/** Whether a real server would take this request, and who says so. */
export async function judge(
  method: string,
  path: string,
  query: Record<string, unknown>,
  body: unknown,
): Promise<Verdict> {
  const short = path.replace(/^\/api\/v1\//, '')
  const isFile = short === path && !path.startsWith('/api/')
  if (method === 'OPTIONS' || isFile) return { by: 'nothing', name: path, fine: true }
  const law = find(published, method, short)
  if (law) {
    const { validator: name, part } = law.item
    const validator = await publishedValidator(name)
    const given = { query, body: body ?? {}, params: law.params }[part]
    const copy = structuredClone(given)
    const verdict = { by: 'published schema', name } as const
    if (!validator(copy)) return { ...verdict, fine: false, says: validator.errors?.[0]?.message ?? 'refused' }
    if (part === 'body' && JSON.stringify(copy) !== JSON.stringify(given))
      return { ...verdict, fine: false, says: 'is taken only because values are coerced' }
    if (!isEmpty({ query: body, body: query, params: query }[part]))
      return { ...verdict, fine: false, says: `carries more than its ${part}` }
    return { ...verdict, fine: true }
  }
  const table = find(documented, method, short)
  if (!table) return { by: 'nothing', name: path, fine: false, says: 'is not a route' }
  const verdict = { by: 'documented table', name: table.item.route } as const
  for (const [described, given] of [
    [table.item.query, query],
    [table.item.body, body ?? {}],
  ]) {
    const checked = checkMatch(toSchema(described ?? {}), given)
    if (checked.kind === 'invalid') return { ...verdict, fine: false, says: checked.error }
  }
  return { ...verdict, fine: true }
}

/** Who judges which route, for people to read. */
export const jurisdiction = (): string[] => [
  ...published.map(({ route, part, validator }) => `${route}: ${part} by published schema ${validator}`),
  ...documented.map(({ route, cases }) => `${route}: by ${cases?.length ?? 0} documented examples`),
]
