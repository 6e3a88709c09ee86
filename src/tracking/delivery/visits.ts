import type { Events, VisitDetail } from '../../options'
import { posting } from '../../wire/json'
import { monitored } from '../../wire/monitored'
import { bodyOf, type Reply } from '../../wire/reply'
import type { PageVisitedBody } from '../../wire/rest'
import type { Lane, LaneOptions, VisitorState, LaneRecord } from '../contracts'
import type { Store, Send } from '../../browser/ports'
import type { Visit } from '../navigation'
import type { Recovery } from '../../recovery'
import { successorOf } from '../successor'

/** A page visit as it waits. The token is the one it was made under. */
export interface VisitRecord extends LaneRecord {
  href: string
  title: string
  token?: string
  rid?: string
}

export interface VisitsParts {
  server: string
  lane(options: LaneOptions<VisitRecord>): Lane<VisitRecord>
  send: Send
  storage: Store
  visitor: { state(): Promise<VisitorState>; current(): VisitorState | undefined }
  emit<E extends 'visit' | 'delivered'>(event: E, detail: Events[E]): void
  trouble(): Promise<Recovery | undefined>
}

export interface Attempt {
  body: PageVisitedBody
  record: VisitRecord
  state: VisitorState
  /** Sends the body, as it is by then, once more. */
  ask(): Promise<Reply>
}

const longestTitle = 512
const longestHref = 8192

const detailOf = ({ id, href, title }: VisitDetail): VisitDetail => ({ id, href, title })

/** The lane of page visits. */
export const createVisits = ({ server, lane, send, storage, visitor, emit, trouble }: VisitsParts) => {
  /** The kind of page change the server keeps visits for, by the last one it kept or by its config, until it keeps one no more: what is stored need not be read with every record. */
  let change: string | undefined
  const visits = lane({
    name: 'visit',
    journaled: true,
    async deliver(record, begin) {
      const state = await visitor.state()
      const token = successorOf(state, record.token ?? state.token)
      const body: PageVisitedBody = { token, rid: record.rid, pageInfo: { change: change ?? monitored(await storage.get('config')), title: record.title, location: { href: record.href } } }
      let kept: unknown
      const ask = async () => {
        const reply = begin() ? await send(`${server}/api/v1/livechat/page.visited`, posting(body)) : ''
        kept = bodyOf(reply).page
        if ((reply as { status?: number }).status && !kept) begin(false)
        return reply
      }
      const reply = await ask()
      change = kept ? body.pageInfo.change : undefined
      if (change) return { kind: 'done' }
      return (await trouble())?.judge(reply, { body, record, state, ask })
    },
    onDelivered: (record) => emit('delivered', detailOf(record)),
  })
  return {
    ...visits,
    /** What the config says, whoever has read it. */
    learn: (config: Parameters<typeof monitored>[0]) => void (change = monitored(config)),
    async note(visit: Visit & Partial<VisitRecord>) {
      const { open } = visit
      const state = visitor.current()
      visit.rid = state?.roomId
      // The token it was noticed under, whatever happens before it has settled.
      visit.token ??= state?.token
      visit.title = visit.title.slice(0, longestTitle)
      visit.href = visit.href.slice(0, longestHref)
      // The visit itself: what is written late, or once more, is what it has become.
      await visits.put(visit)
      if (!open) emit('visit', detailOf(visit))
    },
  }
}
