import { isReachable, whereRedirected } from '../browser/redirects'
import type { Transport } from '../browser/ports'
import type { Check } from '../options'
import type { Tracking } from '../tracking/contracts'
import { visitorKey } from '../tracking/keys'
import { diagnose, withoutAsking } from './diagnose'
import { opensSocket } from './opensSocket'
import { checksOfPage, limitedForMs, textOf } from './page'
import { isForbidden } from './policy'

/** All checks on this page for this visitor, as a list or as a text to send to somebody who can help. */
export const diagnoseHere = async (
  tracking: Tracking,
  call: Transport['call'],
  { text: isText }: { text?: boolean } = {},
): Promise<Check[] | string> => {
  const { server, options, clock, send, storage, visitor, version, permission } = tracking
  const { origin } = location
  const askServer = async () =>
    diagnose({
      server,
      givenServer: options.server,
      call,
      isReachable: (path) => isReachable(server + path, send),
      isForbidden: (...given) => isForbidden(clock, ...given),
      whereRedirected: () => whereRedirected(server, send),
      opensSocket,
      origin,
      isStorageDurable: !storage.volatile(visitorKey),
      limitedForMs: await limitedForMs(tracking),
      postWay: tracking.posting.way(),
    })
  // Before consent nothing is asked, and nothing is kept that could be read.
  const checks = permission.mayReport() ? [...(await askServer()), ...(await checksOfPage(tracking))] : withoutAsking()
  return isText ? textOf(checks, { version, server, origin, token: visitor.current()?.token }) : checks
}
