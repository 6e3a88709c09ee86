/**
 * Tells agents which pages the visitor has come by: a text in a custom field of the server, which Rocket.Chat shows beside the conversation. A
 * download of its own, fetched where the option `context` asks for it.
 */
import { isTopPage, ofDocument } from '../../browser/document'
import type { Tracking } from '../../tracking/contracts'
import { journeyKey, visitPrefix } from '../../tracking/keys'
import { redactTitle } from '../../tracking/redact'
import type { Journey, JourneyPage, VisitRecord } from '../../tracking/stored'
import { decodeJourney, isPage, withPage } from './journey'
import { siteBefore, sourceOf, takeCampaign } from './source'
import { journeyText } from './text'

const defaultPages = 10

export interface JourneyParts extends Pick<
  Tracking,
  | 'options'
  | 'permission'
  | 'visitor'
  | 'storage'
  | 'clock'
  | 'title'
  | 'name'
  | 'documentId'
  | 'ready'
  | 'on'
  | 'guard'
  | 'redact'
  | 'newId'
  | 'lock'
> {
  /** Tells the server the custom field of this visitor; resolves when it has it, and rejects when it does not take it. */
  tell(field: string, value: string, token: string): Promise<void>
}

interface Keeping {
  add(visits: JourneyPage[]): Promise<void>
  /** A page that is loaded again is no other page. */
  addUnlessLast(visit: JourneyPage): Promise<void>
}

/** Keeps the visitor's last pages, where anything may be kept. */
const createKeeping = ({ options, permission, storage, redact, documentId }: JourneyParts): Keeping => {
  /** It is how the visitor came to the first page of this document, and to no other. */
  let referrer = ofDocument('referrer')
  const takeReferrer = () => {
    const site = siteBefore(referrer, location.origin, redact)
    referrer = ''
    return site
  }
  const arrived = ({ id, at, href: address, title }: JourneyPage): JourneyPage => {
    const { href, campaign } = takeCampaign(address)
    return { id, at, href, title, source: sourceOf(id.endsWith(documentId) ? takeReferrer() : '', campaign) }
  }
  const change = async (how: (journey: Journey, most: number) => Journey) => {
    const { context } = options
    if (context && permission.mayStore())
      await storage.update(journeyKey, (old) => how(decodeJourney(old), context.pages ?? defaultPages))
  }
  return {
    async add(visits: JourneyPage[]) {
      if (!visits.length) return
      const pages = visits.map(arrived)
      await change((journey, most) => pages.reduce((before, page) => withPage(before, page, most), journey))
    },
    async addUnlessLast(visit: JourneyPage) {
      const page = arrived(visit)
      await change((journey, most) =>
        journey.pages.at(-1)?.href === page.href ? journey : withPage(journey, page, most),
      )
    },
  }
}

/**
 * Of the time before this file had come: visits that still wait to be sent, and the page the visitor is on, should it have been sent already. Who
 * it was has to be the visitor of now. True when nothing is open any more: a visit that is, is told of when it has settled.
 */
const catchUp = async (parts: JourneyParts, { add, addUnlessLast }: Keeping): Promise<boolean> => {
  const { options, permission, visitor, storage, documentId, redact, newId, title } = parts
  const { token } = await visitor.state()
  const waiting = (await storage.list<VisitRecord>(visitPrefix)).filter(isPage)
  await add(waiting.filter(({ open, token: itsToken = token }: VisitRecord) => !open && itsToken === token))
  const ofThisDocument = waiting.filter(({ id }) => id.endsWith(documentId))
  if (!ofThisDocument.length && permission.mayTrack() && isTopPage()) {
    const href = redact(location.href)
    if (href !== undefined) await addUnlessLast({ ...newId(), href, title: redactTitle(options, title.read()) })
  }
  return !ofThisDocument.some(({ open }: VisitRecord) => open)
}

/** Follows the visitor from page to page, and tells the agent of each conversation once. */
export const followJourney = (parts: JourneyParts): void => {
  const { options, permission, visitor, storage, clock, name, ready, on, guard, lock, tell } = parts
  const keeping = createKeeping(parts)

  const tellUnlessTold = async () => {
    const { context } = options
    const { token, roomId } = await visitor.state()
    const journey = decodeJourney(await storage.get(journeyKey))
    if (!context || !permission.mayStore() || !roomId || !journey.pages.length || journey.toldRoomId === roomId) return
    // What the server does not take it would not take the next time either; the host has been told.
    await tell(context.field, journeyText(journey, clock.now(), location.origin), token).catch(() => {})
    await storage.update<Journey>(journeyKey, (now) => now && { ...decodeJourney(now), toldRoomId: roomId })
  }
  /** Every tab hears of a conversation, and one of them tells. Should its page go before the server has answered, the next one does. */
  const tellOnce = async () => {
    if ((await visitor.state()).roomId) await lock(`${name}/journey`).hold(tellUnlessTold)
  }

  on('chat-start', guard(tellOnce))
  on(
    'visit',
    guard(async ({ id, href, title }) => {
      await keeping.add([{ id, at: clock.now(), href, title }])
      // Of a conversation that began before the first page had settled there was nothing to tell.
      await tellOnce()
    }),
  )
  void ready.then(
    guard(async () => {
      if (await catchUp(parts, keeping)) await tellOnce()
    }),
  )
}
