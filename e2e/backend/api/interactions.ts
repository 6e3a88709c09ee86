import type { Answer } from '../http/envelope.ts'
import { isRecord } from '../http/schema.ts'
import type { ServerState } from '../state.ts'

/** A visitor pressed something in a message's blocks: told to whoever listens at the control door, answered by the app. */
export function interact(state: ServerState, appId: string, token: string | undefined, body: unknown): Answer {
  if (!token || !state.store.visitorByToken(token))
    return { status: 401, body: { success: false, error: 'unauthorized' } }
  if (!isRecord(body) || typeof body['type'] !== 'string')
    return { status: 400, body: { success: false, error: 'Unknown action' } }
  state.feed.tell('interaction', { appId, ...body })
  return { status: 200, body: state.settings.appAnswer }
}
