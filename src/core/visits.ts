import type { Events } from '../options'
import { isObject } from '../wire/errors'
import type { PageVisitedBody } from '../wire/rest'
import type { Answer, Lane, LaneOptions, Outcome, Storage, VisitorPart, Waiting } from './contracts'

/** A page visit as it waits. The token is the one it was made under. */
export interface VisitRecord extends Waiting {
  href: string
  title: string
  token?: string
  rid?: string
}

export interface VisitsParts {
  lane(options: LaneOptions<VisitRecord>): Lane<VisitRecord>
  send(body: PageVisitedBody): Promise<Answer>
  /** Asks for the config and stores it. */
  ask(): Promise<unknown>
  storage: Storage
  visitor: Pick<VisitorPart, 'state'>
  bounds: { records: number; days: number }
  emit<E extends 'delivered' | 'drop'>(event: E, detail: Events[E]): void
}

/** The lane of page visits: what an answer of `page.visited` means. */
export const createVisits = ({ lane: newLane, send, ask, storage, visitor, bounds, emit }: VisitsParts) => {
  const detailOf = ({ id, href, title }: VisitRecord) => ({ id, href, title })

  /** The kind of page change the server stores; anything else it drops with a success. */
  const monitored = async () => {
    const kept = await storage.get<{ config?: { settings?: { historyMonitorType?: string } } }>('config')
    return kept?.config?.settings?.historyMonitorType || 'url'
  }

  const deliver = async (record: VisitRecord): Promise<Outcome> => {
    const { token: current, became, visitor: registered, roomId } = await visitor.state()
    let token = record.token ?? current
    while (became?.[token]) token = became[token] as string
    let change = await monitored()
    /** Without the room it was made in, then, for servers that insist on one, with the one that is open. */
    const rooms = [record.rid, ...(record.rid ? [undefined] : []), ...(registered && roomId && roomId !== record.rid ? [roomId] : [])]
    let rid = rooms.shift()
    for (let checked = false; ; ) {
      const body: PageVisitedBody = { token, rid, pageInfo: { change, title: record.title, location: { href: record.href } } }
      const answer = await send(body)
      if (answer.kind === 'ok') {
        if (isObject(answer.body.page) || checked) return { kind: 'delivered' }
        // Taken and not kept: the server may have been told to watch the other kind of change.
        checked = true
        await ask()
        const now = await monitored()
        if (now === change) return { kind: 'delivered' }
        change = now
      } else if (answer.kind === 'limited') return { kind: 'later', ms: answer.retryAfterMs, limited: true }
      else if (answer.kind === 'silent') return { kind: 'later', silent: true }
      else if (answer.status === 413) return { kind: 'never', code: 'too-large', says: answer.kind === 'refused' ? answer.says : '' }
      else if (answer.kind === 'odd' || (answer.status !== 400 && answer.status !== 422)) return { kind: 'later' }
      // Servers before the current ones take a visit only from a registered visitor, and only into a room.
      else if (answer.code === 'invalid-token') return { kind: 'held' }
      else if (answer.code === 'invalid-room' && rooms.length) rid = rooms.shift()
      else if (answer.code === 'invalid-room') return { kind: 'held' }
      else return { kind: 'never', code: answer.code, says: answer.says }
    }
  }

  const lane = newLane({
    name: 'visit',
    deliver,
    journaled: true,
    bounds,
    onDelivered: (record) => emit('delivered', detailOf(record)),
    onDrop: (record, reason, code, says) => emit('drop', { ...detailOf(record), reason, code, says }),
  })
  return {
    ...lane,
    /** What waits without a token belongs to this one. */
    async stamp(token: string) {
      for (const record of await lane.waiting()) if (!record.token) await lane.put({ ...record, token })
    },
  }
}
