/** What is done when all is not well: refusals, limits, silence, what was in flight when a page went. Fetched when first needed. */
import { readTexts } from '../texts'
import { blocked } from '../words/blocked'
import { answerOf } from './answer'
import { askConfig } from './ask'
import type { Outcome, Waiting } from './contracts'
import type { Tracking } from './index'
import { createLease } from './lease'
import type { Exclusive } from './lock'
import type { LaneInside } from './outbox'
import type { Reply } from './sender'
import type { Attempt } from './visits'


/** `api`: its answers can be read; `someone`: somebody answers; `nobody`. */
export type Presence = 'api' | 'someone' | 'nobody'

export interface Trouble {
  /** Instead of the browser's locks, on plain-http sites. */
  lease: Exclusive
  /** Things pile up only in trouble: then what is too much or too old falls out, oldest first. And what may have arrived is settled. */
  before(lane: LaneInside): Promise<void>
  /** After silence nothing is repeated before a harmless question has been answered. True: not now. */
  blocked(lane: LaneInside): Promise<boolean>
  after(lane: LaneInside, record: Waiting, outcome: Exclude<Outcome, { kind: 'delivered' }>): Promise<void>
  /** What a reply to `page.visited` means, when it is not simply yes. */
  judge(reply: Reply, attempt: Attempt): Promise<Outcome>
}

export const createTrouble = (tracking: Tracking): Trouble => {
  const { server, options: given, storage, journal, clock, send, say } = tracking
  /** Knocks in a row to which somebody answered whom we may not hear. */
  let knocks = 0
  let postedInVain = false

  /** A harmless question. */
  const probe = async (): Promise<Presence> => {
    const { kind } = await askConfig(tracking)
    if (kind !== 'silent') return kind === 'odd' ? 'nobody' : 'api'
    return typeof (await send(server, { mode: 'no-cors' }, 10_000)) === 'object' ? 'someone' : 'nobody'
  }
  /** Answers never can be read although somebody is there. */
  const sayBlocked = () => say('blocked', blocked(location.origin))

  const drop = async (lane: LaneInside, record: Waiting, reason: 'refused' | 'too-many' | 'too-old', code?: string, says?: string) => {
    await lane.forget(record.id)
    lane.options.onDrop?.(record, reason, code, says)
  }

  return {
    lease: createLease(tracking),

    async before(lane) {
      const { prefix, marks, options } = lane
      if (options.journaled) {
        const { records = 1000, days = 7 } = readTexts(given).queue ?? {}
        const waiting = await storage.list<Waiting>(prefix)
        const surplus = waiting.length - records
        for (const [place, record] of waiting.entries()) {
          if (place < surplus) await drop(lane, record, 'too-many')
          else if (clock.now() - record.at > days * 86_400_000) await drop(lane, record, 'too-old')
        }
      }
      const sent = journal.keys(marks)
      if (!sent.length) return
      const arrived = (await probe()) !== 'nobody'
      for (const mark of sent) {
        const record = await storage.get<Waiting>(prefix + mark.slice(marks.length))
        journal.remove(mark)
        if (!record || !arrived) continue
        await lane.forget(record.id)
        options.onDelivered?.(record)
      }
    },

    async blocked(lane) {
      const presence = await probe()
      if (presence === 'api' || (presence === 'someone' && !postedInVain)) return false
      if (presence === 'someone' && ++knocks === 3) sayBlocked()
      await lane.retreat()
      return true
    },

    async after(lane, record, outcome) {
      const { limitedAtMs, silences = 0 } = lane.learnt
      if (outcome.kind === 'held') {
        lane.hold()
        // Not now, and yet trouble: what piles up meanwhile is bounded.
        await lane.retreat(0)
      }
      if (outcome.kind === 'never') {
        await drop(lane, record, 'refused', outcome.code, outcome.says)
        await lane.learn({ limitedAtMs })
      }
      if (outcome.kind !== 'later') return
      postedInVain = !!outcome.silent
      if (!postedInVain) knocks = 0
      await lane.retreat(outcome.ms, { silences: outcome.silent ? silences + 1 : 0, ...(outcome.limited && { limitedAtMs: clock.now() }) })
      // Its answers can be read, and yet three in a row were not: the browser keeps them from us.
      if (outcome.silent && silences >= 2 && (await probe()) === 'api') {
        lane.hold()
        sayBlocked()
      }
    },

    async judge(reply, { body, record, state, post, monitored }) {
      const { pageInfo } = body
      /** Without the room it was made in, then, for servers that insist on one, with the one that is open. */
      const rooms = [...(record.rid ? [undefined] : []), ...(state.visitor && state.roomId && state.roomId !== record.rid ? [state.roomId] : [])]
      for (let checked = false; ; reply = await post(body)) {
        const answer = answerOf(reply)
        if (answer.kind === 'ok') {
          if (answer.body.page || checked) return { kind: 'delivered' }
          // Taken and not kept: the server may have been told to watch the other kind of change.
          checked = true
          await askConfig(tracking)
          const change = await monitored()
          if (change === pageInfo.change) return { kind: 'delivered' }
          pageInfo.change = change
        } else if (answer.kind === 'limited') return { kind: 'later', ms: answer.retryAfterMs, limited: true }
        else if (answer.kind === 'silent') return { kind: 'later', silent: true }
        else if (answer.status === 413) return { kind: 'never', code: 'too-large', says: answer.kind === 'refused' ? answer.says : '' }
        else if (answer.kind === 'odd' || (answer.status !== 400 && answer.status !== 422)) return { kind: 'later' }
        else if (answer.code === 'invalid-room' && rooms.length) body.rid = rooms.shift()
        // Servers before the current ones take a visit only from a registered visitor, and only into a room.
        else if (answer.code === 'invalid-token' || answer.code === 'invalid-room') return { kind: 'held' }
        else return { kind: 'never', code: answer.code, says: answer.says }
      }
    },
  }
}
