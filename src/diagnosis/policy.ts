import { ofDocument } from '../browser/document'
import type { Clock } from '../browser/ports'

const eventWaitMs = 50

/**
 * Whether the page’s Content-Security-Policy forbids a request to this server: `run` makes one. A page learns of it by an event alone, since to
 * a script a forbidden request looks like a server that is gone.
 */
export const isForbidden = async (
  clock: Pick<Clock, 'after'>,
  server: string,
  run: () => Promise<unknown>,
): Promise<boolean> => {
  let isFound = false
  const { origin } = new URL(server, ofDocument('baseURI'))
  const hear = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    isFound ||= effectiveDirective === 'connect-src' && blockedURI.startsWith(origin)
  }
  ofDocument('addEventListener').call(document, 'securitypolicyviolation', hear as EventListener)
  await run()
  // Chromium tells of it in a task of its own, after the request has failed.
  await new Promise<void>((resolve) => clock.after(eventWaitMs, resolve))
  ofDocument('removeEventListener').call(document, 'securitypolicyviolation', hear as EventListener)
  return isFound
}
