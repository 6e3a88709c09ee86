import { isObject, type Json } from '../wire/json'
import type { Call } from './calls'
import type { List, ListOptions, Visit } from './contracts'
import { decodeVisit } from './decode'
import { AgentError } from './error'
import { decodeList, listQuery } from './list'
import { pathSegment } from './pathSegment'

export type LoadPages = (roomId: string, options: ListOptions, signal?: AbortSignal) => Promise<List<Visit>>

const callName = 'pagesVisited'
const path = 'livechat/visitors.pagesVisited'

/** A server of the 2.3 era sends all of a room's pages and knows neither order nor number: both are applied here. */
const arrangeOldAnswer = (body: Json, { offset = 0, count, sort }: ListOptions): Json => {
  if (!Array.isArray(body.pages)) return body
  const timeOf = (page: unknown): string => (isObject(page) && typeof page.ts === 'string' ? page.ts : '')
  const direction = sort?.ts === 1 ? 1 : -1
  const pages = [...body.pages].sort((a, b) =>
    timeOf(a) < timeOf(b) ? -direction : timeOf(a) > timeOf(b) ? direction : 0,
  )
  return { pages: pages.slice(offset, count ? offset + count : undefined), total: pages.length }
}

/** Whether an error comes from the route itself: any answer of the API but "no such route" shows that the server knows this form. */
const provesForm = (error: unknown): boolean =>
  error instanceof AgentError &&
  (error.code === 'not-permitted' || error.code === 'bad-request' || error.serverCode === 'invalid-room')

const isUnknownRoute = (error: unknown): boolean =>
  error instanceof AgentError && (error.code === 'unknown-route' || error.status === 404)

/** Asks in the current form. A server that does not know it is asked in the old one, and the form that worked is remembered. */
export const createPages = (asAgent: Call): LoadPages => {
  const askInForm = {
    current: (roomId: string, options: ListOptions, signal?: AbortSignal): Promise<Json> =>
      asAgent(callName, 'GET', `${path}/${pathSegment('roomId', roomId)}`, { query: listQuery(options), signal }),
    old: async (roomId: string, options: ListOptions, signal?: AbortSignal): Promise<Json> =>
      arrangeOldAnswer(await asAgent(callName, 'GET', path, { query: { roomId }, signal }), options),
  }
  let knownForm: keyof typeof askInForm | undefined

  const tryForm = async (form: keyof typeof askInForm, ...given: Parameters<LoadPages>): Promise<Json> => {
    try {
      const body = await askInForm[form](...given)
      knownForm = form
      return body
    } catch (error) {
      if (provesForm(error)) knownForm = form
      throw error
    }
  }
  const ask = async (...given: Parameters<LoadPages>): Promise<Json> => {
    if (knownForm) return askInForm[knownForm](...given)
    try {
      return await tryForm('current', ...given)
    } catch (error) {
      if (!isUnknownRoute(error)) throw error
      return tryForm('old', ...given)
    }
  }

  return async (roomId, options, signal) => {
    pathSegment('roomId', roomId)
    return decodeList(await ask(roomId, options, signal), 'pages', decodeVisit, options.offset ?? 0)
  }
}
