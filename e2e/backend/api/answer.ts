import { users } from '../office/users.ts'
import { fail, notLoggedIn, tooMany, wrongMethod, type Answer } from '../http/envelope.ts'
import { defaultLimit, type Limit } from '../http/limiter.ts'
import { asCode, asForbidden, asThrown } from './era-shapes.ts'
import { fit, type Call, type Route } from './route.ts'
import { routes } from './routes.ts'
import { checkMatch, checkSchema, isRecord, readNumbers, shape, type Schema } from '../http/schema.ts'
import { eraOf } from '../office/store/settings.ts'
import type { ServerState } from '../state.ts'

export type Request = Pick<Call, 'headers' | 'ip' | 'raw'> & {
  method: string
  path: string
  query: Record<string, string | string[]> | undefined
  body: unknown
  limit?: Limit | undefined
}

const unknownRoute = (era: number): Answer =>
  era < 8
    ? {
        status: 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        body: '<!DOCTYPE html>\n<html>\n<head><title>Chat</title></head>\n<body><div id="react-root"></div></body>\n</html>\n',
      }
    : { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '404 Not Found' }

function refuseBy(route: Route, part: 'query' | 'body', schema: Schema, value: unknown, era: number) {
  const byMatch = route.checkedBy === 'match' ? era < 9 : era < 6
  if (byMatch) {
    const checked = checkMatch(schema, part === 'query' ? readNumbers(schema, value) : value)
    return checked.kind === 'valid' ? checked : { kind: 'invalid' as const, answer: fail(checked.error) }
  }
  const checked = checkSchema(schema, value)
  if (checked.kind === 'valid') return checked
  const suffix = era < 9 ? ' [invalid-params]' : ''
  const errorType = era >= 9 && part === 'query' ? 'error-invalid-params' : 'invalid-params'
  return {
    kind: 'invalid' as const,
    answer: { status: 400, body: { success: false, error: checked.error + suffix, errorType } },
  }
}

/** Parameters of Rocket.Chat's own database language, which 9.0 no longer takes anywhere. */
const isOfDatabase = (name: string) => name === 'query' || name === 'fields'

const noLongerTaken: Answer = {
  status: 400,
  body: { success: false, error: 'error-invalid-params', errorType: 'error-invalid-params' },
}

const needsLogin = (route: Route) => route.permission !== undefined

/** A refusal as the server's era words it. */
function inEra(route: Route, era: number, answer: Answer): Answer {
  if (era >= 9) return asForbidden(answer)
  if (era >= 6 || needsLogin(route) || route.oldRefusal === 'text') return answer
  return route.oldRefusal === 'code' ? asCode(answer) : asThrown(answer)
}

/**
 * Login (401), rate limit (429), schema (400), permission (403), then the route itself; from 8 on the permission comes right after the
 * login.
 */
export async function answerApi(state: ServerState, request: Request): Promise<Answer> {
  const era = eraOf(state.settings)
  const path = request.path.replace(/^\/api\/v1\//, '')
  const candidates = routes.flatMap((route) => {
    const known = era >= (route.eras?.from ?? 0) && era <= (route.eras?.to ?? Infinity)
    const params = known ? fit(route.path, path) : undefined
    return params ? [{ route, params }] : []
  })
  if (candidates.length === 0) return unknownRoute(era)
  const found = candidates.find(({ route }) => route.method === request.method)
  if (!found) return wrongMethod([...new Set(candidates.map(({ route }) => route.method))])
  const { route, params } = found

  const user = users.find(
    ({ _id, authToken }) => _id === request.headers['x-user-id'] && authToken === request.headers['x-auth-token'],
  )
  if (needsLogin(route) && !user) return notLoggedIn(era >= 8)
  const needed = route.permission?.(era)
  const isRefused = needed?.name !== undefined && !user?.permissions.includes(needed.name)
  if (isRefused && era >= 8) return inEra(route, era, needed.refusal)

  const caller = era >= 9 && user ? user._id : request.ip
  const limit = request.limit ?? route.limit?.(era) ?? defaultLimit
  // A limit that a test has set holds whatever the setting says.
  const isLimited = state.settings.limiter || request.limit !== undefined
  const verdict = isLimited
    ? state.limiter.take(`${route.method} ${route.path} ${caller}`, limit)
    : { allowed: true, headers: {}, waitSeconds: 0 }
  const limited = (answer: Answer): Answer => ({
    ...inEra(route, era, answer),
    headers: { ...verdict.headers, ...answer.headers },
  })
  if (!verdict.allowed) return limited(tooMany(verdict.waitSeconds))

  if (!request.query) return limited(fail('Invalid query parameters'))
  if (era >= 9 && Object.keys(request.query).some(isOfDatabase)) return limited(noLongerTaken)
  const query = refuseBy(route, 'query', route.query ?? shape({}, true), request.query, era)
  if (query.kind === 'invalid') return limited(query.answer)
  const given = isRecord(request.body) ? request.body : {}
  const body = refuseBy(route, 'body', route.body ?? shape({}, true), given, era)
  if (body.kind === 'invalid') return limited(body.answer)

  if (isRefused) return limited(needed.refusal)

  const { headers, ip, raw } = request
  return limited(
    await route.act({ office: state, era, params, query: query.value, body: body.value, raw, headers, ip, user }),
  )
}
