import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { answerApi } from './api/answer.ts'
import { serveAsset } from './api/assets.ts'
import { serverInfo } from './api/info.ts'
import { interactionPreflight, interactionReadable, preflight, readable } from './http/cors.ts'
import type { Answer } from './http/envelope.ts'
import type { Fault } from './control/faults.ts'
import { maxBodyBytes, maxLoggedBytes, readRaw } from './http/bounds.ts'
import { pathOf, readBody, readQuery, urlOf } from './http/incoming.ts'
import { interact } from './api/interactions.ts'
import { send } from './http/send.ts'
import { createFiles, type Folders } from './http/static.ts'
import { eraOf } from './office/store/settings.ts'
import type { ServerState } from './state.ts'

const htmlPage =
  '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n'

const tooLong: Answer = {
  status: 413,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' },
  body: 'request entity too large',
}

/** What came with a call. */
interface Received {
  raw: Buffer
  /** Undefined when the query cannot be read. */
  query: Record<string, string | string[]> | undefined
  body: unknown
}

/** What a fault puts in the answer's place, without acting. */
function faultAnswer({ status, error, html, redirect }: Fault, url: string): Answer | undefined {
  if (redirect) return { status: status ?? 307, headers: { Location: redirect + url }, body: '' }
  if (html)
    return {
      status: status ?? 200,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: typeof html === 'string' ? html : htmlPage,
    }
  if (status) return { status, body: { success: false, error: error ?? `Fault ${status}` } }
  return undefined
}

/** The livechat port: every call is written down, meets its faults, is answered and saved. */
export function createLivechat(state: ServerState, folders: Folders) {
  const files = createFiles(folders)

  async function act(
    request: IncomingMessage,
    path: string,
    fault: Fault,
    { raw, query, body }: Received,
  ): Promise<Answer> {
    const method = request.method ?? 'GET'
    const asked = request.headers['access-control-request-method'] ?? method
    const cors = state.faults.cors(asked, path) ?? state.settings.cors
    const file = await files(path, request.headers['accept-encoding'] as string | undefined)
    if (file) {
      const deaf = !path.startsWith('/cdn/') || state.settings.cdn === 'no-cors' || state.faults.isCdnDeaf()
      return deaf ? file : { ...file, headers: { ...file.headers, 'Access-Control-Allow-Origin': '*' } }
    }
    const { headers } = request
    const { origin } = headers
    const era = eraOf(state.settings)
    const appId = /^\/api\/apps\/ui\.interaction\/([^/]+)$/.exec(path)?.[1]
    if (method === 'OPTIONS')
      return appId && origin !== undefined
        ? interactionPreflight(cors, origin, headers['access-control-request-headers'] ?? '')
        : preflight(cors, origin, era)
    const asset = method === 'GET' ? serveAsset(state, urlOf(request), request.headers.cookie ?? '') : undefined
    if (asset) return asset
    if (appId && method === 'POST') {
      const answer = interact(state, appId, headers['x-visitor-token'] as string | undefined, body)
      return { ...answer, headers: { ...interactionReadable(cors, origin), ...answer.headers } }
    }
    if (method === 'GET' && path === '/api/info')
      return { status: 200, headers: readable(cors, era), body: serverInfo(era) }
    const ip = request.socket.remoteAddress ?? ''
    const answer = await answerApi(state, { method, path, query, body, raw, headers, ip, limit: fault.limit })
    return { ...answer, headers: { ...readable(cors, era), ...answer.headers } }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET'
    const path = pathOf(request)
    const era = eraOf(state.settings)
    const contentType = request.headers['content-type']
    const fileBytes = contentType?.startsWith('multipart/') ? state.settings.upload.maxBytes : 0
    const whole = await readRaw(request, fileBytes + maxBodyBytes)
    const raw = whole ?? Buffer.alloc(0)
    const received = { raw, query: readQuery(urlOf(request)), body: await readBody(contentType, raw, era) }
    const entry = state.ledger.open({
      method,
      path,
      query: received.query ?? {},
      body: raw.length > maxLoggedBytes && fileBytes === 0 ? `${raw.length} bytes` : received.body,
      contentType: contentType ?? null,
      origin: request.headers.origin ?? null,
    })
    if (state.faults.cutsConnections()) response.setHeader('Connection', 'close')
    const fault = state.faults.meet(method, path, contentType)
    // The desk shows how often it is still met.
    if (fault.times !== undefined) state.feed.tell('faults', state.faults.list())
    if (fault.latencyMs) await wait(fault.latencyMs)
    if (fault.drop === 'before') {
      request.socket.destroy()
      state.ledger.close(entry, { status: null, answered: false })
      return
    }
    const replaced = whole ? faultAnswer(fault, urlOf(request)) : tooLong
    const answer = replaced
      ? {
          ...replaced,
          headers: { ...readable(state.faults.cors(method, path) ?? state.settings.cors, era), ...replaced.headers },
        }
      : await act(request, path, fault, received)
    state.save()
    const answered = fault.drop !== 'after' && !response.destroyed
    if (fault.drop === 'after') request.socket.destroy()
    else send(response, answer)
    const isJson = typeof answer.body === 'object' && !Buffer.isBuffer(answer.body)
    const shown = isJson ? { answer: structuredClone(answer.body) } : {}
    state.ledger.close(entry, { status: answer.status, answered, ...shown })
  }
}
