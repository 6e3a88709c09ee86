import { isObject, type Json } from '../wire/json'
import { pathSegment, type Ask } from './ask'
import { decodeVisit, type Visit } from './decode'
import { readList, type List, type ListOptions, listQuery } from './list'
import { AgentError } from './refusal'

/** A server of the 2.3 era sends all of a room's pages and knows neither order nor number: both are applied here. */
const arrange = (body: Json, { offset = 0, count, sort }: ListOptions): Json => {
  if (!Array.isArray(body.pages)) return body
  const stamp = (page: unknown): string => (isObject(page) && typeof page.ts === 'string' ? page.ts : '')
  const way = sort?.ts === 1 ? 1 : -1
  const pages = [...body.pages].sort((a, b) => (stamp(a) < stamp(b) ? -way : stamp(a) > stamp(b) ? way : 0))
  return { pages: pages.slice(offset, count ? offset + count : undefined), total: pages.length }
}

/** Asks in the current form; a server that does not know it is asked once in the old one, and what worked is remembered. */
export const createPages = (
  ask: Ask,
): ((roomId: string, options: ListOptions, signal?: AbortSignal) => Promise<List<Visit>>) => {
  const what = 'pagesVisited'
  let form: 'current' | 'old' | undefined

  const current = (roomId: string, options: ListOptions, signal?: AbortSignal) =>
    ask(what, 'GET', `livechat/visitors.pagesVisited/${pathSegment('roomId', roomId)}`, {
      query: listQuery(options),
      signal,
    })
  const old = async (roomId: string, options: ListOptions, signal?: AbortSignal) =>
    arrange(await ask(what, 'GET', 'livechat/visitors.pagesVisited', { query: { roomId }, signal }), options)

  /** Any answer of the API but "no such route" shows that it knows the form. */
  const knows = (error: unknown): boolean =>
    error instanceof AgentError &&
    (error.code === 'not-permitted' || error.code === 'bad-request' || error.serverCode === 'invalid-room')

  const body = async (roomId: string, options: ListOptions, signal?: AbortSignal): Promise<Json> => {
    if (form) return (form === 'old' ? old : current)(roomId, options, signal)
    try {
      const found = await current(roomId, options, signal)
      form = 'current'
      return found
    } catch (error) {
      if (knows(error)) form = 'current'
      if (!(error instanceof AgentError) || (error.code !== 'unknown-route' && error.status !== 404)) throw error
    }
    try {
      const found = await old(roomId, options, signal)
      form = 'old'
      return found
    } catch (error) {
      if (knows(error)) form = 'old'
      throw error
    }
  }

  return async (roomId, options, signal) => {
    pathSegment('roomId', roomId)
    return readList(await body(roomId, options, signal), 'pages', decodeVisit, options.offset ?? 0)
  }
}
