import type { Events, VisitDetail } from '../options'
import type { PageVisitedBody } from '../wire/rest'
import type { Answer, Lane, LaneOptions, Storage, VisitorPart, VisitorState, Waiting } from './contracts'
import type { Trouble } from './trouble'

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
  trouble(): Promise<Trouble | undefined>
}

export interface Attempt extends Pick<VisitsParts, 'send' | 'ask'> {
  body: PageVisitedBody
  record: VisitRecord
  state: VisitorState
  monitored(): Promise<string>
}

export const detailOf = ({ id, href, title }: VisitDetail): VisitDetail => ({ id, href, title })

/** The lane of page visits. */
export const createVisits = ({ lane: newLane, send, ask, storage, visitor, bounds, emit, trouble }: VisitsParts) => {
  /** The kind of page change the server stores; anything else it drops with a success. */
  const monitored = async () => {
    const kept = await storage.get<{ config?: { settings?: { historyMonitorType?: string } } }>('config')
    return kept?.config?.settings?.historyMonitorType || 'url'
  }
  const lane = newLane({
    name: 'visit',
    journaled: true,
    bounds,
    async deliver(record) {
      const state = await visitor.state()
      let token = record.token ?? state.token
      while (state.became?.[token]) token = state.became[token] as string
      const body: PageVisitedBody = { token, rid: record.rid, pageInfo: { change: await monitored(), title: record.title, location: { href: record.href } } }
      const answer = await send(body)
      if (answer.kind === 'ok' && answer.body.page) return { kind: 'delivered' }
      const help = answer.kind === 'silent' ? undefined : await trouble()
      return help ? help.judge(answer, { body, record, state, send, monitored, ask }) : { kind: 'later', silent: answer.kind === 'silent' }
    },
    onDelivered: (record) => emit('delivered', detailOf(record)),
    onDrop: (record, reason, code, says) => emit('drop', { ...detailOf(record), reason, code, says }),
  })
  return lane
}
