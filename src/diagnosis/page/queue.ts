import type { Check, DropReason } from '../../options'
import type { RetryState } from '../../tracking/stored'

/** Kept by recovery, each time a record is dropped. */
export interface DroppedNote {
  count: number
  at: number
  reason: DropReason
}

const timeOf = (ms: number): string => new Date(ms).toLocaleTimeString('en-GB')
const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const whyWaiting = ({ limited, failures, silences }: RetryState): string => {
  if (limited) return 'the server takes no more calls from this address until then (429)'
  return silences ? `the server did not answer ${some(silences, 'time')}` : `${some(failures, 'attempt')} failed`
}

/** What waits in this browser, why, and until when. */
export const checkOfQueue = (
  { visits, messages, registrations }: { visits: number; messages: number; registrations: number },
  retry: RetryState | undefined,
  nowMs: number,
): Check => {
  const name = 'queue'
  const all = [
    visits && some(visits, 'visit'),
    messages && some(messages, 'message'),
    registrations && some(registrations, 'registration'),
  ].filter((part) => typeof part === 'string')
  if (!all.length) return { name, ok: true, says: 'Nothing waits to be sent.' }
  const what = `${all.join(', ')} waiting to be sent`
  if (retry?.refused)
    return {
      name,
      ok: false,
      code: 'refused',
      says: `${what}, not before the next page is loaded: the server refused it and said “${retry.refused}”. Nothing is lost.`,
    }
  if (!retry || retry.untilMs <= nowMs) return { name, ok: true, says: `${what}, in a moment.` }
  const says = `${what}, not before ${timeOf(retry.untilMs)}: ${whyWaiting(retry)}. Nothing is lost.`
  return { name, ok: false, code: retry.limited ? 'limited' : 'waiting', says }
}

const dropReasons: Record<DropReason, string> = {
  refused: 'the server refused it for good',
  'too-many': 'more waited than queue.records allows',
  'too-old': 'it was older than queue.days',
}

export const checkOfDropped = (note: DroppedNote | undefined): Check => {
  const name = 'dropped'
  if (!note) return { name, ok: true, says: 'No visit was given up.' }
  const says = `${some(note.count, 'record')} given up, the last on ${new Date(note.at).toISOString()}: ${dropReasons[note.reason]}.`
  return { name, ok: false, code: note.reason, says }
}
