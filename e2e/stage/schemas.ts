import type { Entry } from '../backend/index.ts'
import { judge } from '../backend/probe/referee.ts'

/** Calls that Rocket.Chat's own request schemas would not take, each with the reason. */
export const findRefusedCalls = async (entries: Entry[]): Promise<string[]> => {
  const verdicts = entries
    // Files have no schema; the checks, and the question of how a post is read, ask for a refusal on purpose; and of a simple post an older server has read nothing.
    .filter(
      ({ path, body, contentType }) =>
        !(body === undefined && contentType?.startsWith('text/plain')) &&
        !path.includes('/upload/') &&
        JSON.stringify(body) !== '{"token":"none"}' &&
        !(path.endsWith('/visitor.status') && JSON.stringify(body) === '{}'),
    )
    .map(async ({ method, path, query, body }) => {
      const { fine, by, says } = await judge(method, path, query, body)
      return fine ? [] : `${method} ${path} ${JSON.stringify(body)}: ${by}: ${says}`
    })
  return (await Promise.all(verdicts)).flat()
}
