/** DDP: one JSON object per text frame, both ways. */
import { decodeAgent, decodeQueue, decodeStatus, type WireAgent, type WireQueue } from './config'
import { readJson } from './json'
import { asList, asObject, asText, asTexts } from './coerce'

export type Frame =
  | { kind: 'connected' | 'failed' | 'pong' }
  | { kind: 'ping'; id?: string }
  | { kind: 'ready'; subs: string[] }
  /** `refusal` is absent when a subscription ended as asked. */
  | { kind: 'nosub'; id: string; refusal?: string }
  | { kind: 'changed'; stream: string; event: string; args: unknown[] }

export const decodeFrame = (data: unknown): Frame | undefined => {
  const frame = readJson(asText(data))
  if (!frame) return
  const id = asText(frame.id)
  switch (frame.msg) {
    case 'connected':
    case 'failed':
    case 'pong':
      return { kind: frame.msg }
    case 'ping':
      return { kind: 'ping', id: id || undefined }
    case 'ready':
      return { kind: 'ready', subs: asTexts(frame.subs) }
    case 'nosub':
      return { kind: 'nosub', id, refusal: frame.error ? asText(asObject(frame.error).error) || 'refused' : undefined }
    case 'changed': {
      const fields = asObject(frame.fields)
      return {
        kind: 'changed',
        stream: asText(frame.collection),
        event: asText(fields.eventName),
        args: asList(fields.args),
      }
    }
  }
}

/** An event of `stream-livechat-room`. */
export type RoomEvent =
  /** Without an agent, the conversation went back into the queue. */
  | { kind: 'agent'; agent?: WireAgent }
  | { kind: 'status'; status: WireAgent['status'] }
  | { kind: 'queue'; queue?: WireQueue }

export const decodeRoomEvent = (value: unknown): RoomEvent | undefined => {
  const event = asObject(value)
  if (event.type === 'agentData') return { kind: 'agent', agent: decodeAgent(event.data) }
  if (event.type === 'agentStatus') return { kind: 'status', status: decodeStatus(event.status) }
  if (event.type === 'queueData') return { kind: 'queue', queue: decodeQueue(event.data) }
}

/** Who is typing: current servers send a list of activities, old ones a boolean. */
export const decodeTyping = ([name, activity]: unknown[]): { username: string; typing: boolean } | undefined => {
  const username = asText(name)
  if (username)
    return { username, typing: Array.isArray(activity) ? activity.includes('user-typing') : activity === true }
}
