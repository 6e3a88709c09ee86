import { baseAddress } from '../browser/document'
import { TagalongError } from '../options'
import { monitoredChangeKey } from '../tracking/keys'
import { changeOf } from '../wire/monitoredChange'
import type { PageByHand, PageHere, Tracking } from '../tracking/contracts'

const readAddress = (href: string): string => {
  try {
    return new URL(href, baseAddress()).href
  } catch {
    throw new TagalongError('bad-call', `page() takes an address: "${href}" is none.`)
  }
}

/** A page the host reports itself; `here` is where the visitor was when it did. */
export const recordByHand = async (
  {
    permission,
    redact,
    visitor,
    visits,
    newId,
    journal,
  }: Pick<Tracking, 'permission' | 'redact' | 'visitor' | 'visits' | 'newId' | 'journal'>,
  here: PageHere,
  page: PageByHand = {},
): Promise<void> => {
  if (!permission.mayReport()) throw new TagalongError('no-consent', 'Call consent(true) first.')
  if (page.change && page.change !== changeOf(journal.read(monitoredChangeKey))) return
  const href = redact(readAddress(page.href ?? here.href))
  await visitor.state()
  if (href) await visits.record({ ...newId(), href, title: page.title ?? here.title })
}
