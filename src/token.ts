/** npm `./token`: for the host's own backend. Runs where there is Web Crypto: Node, Deno, Bun, workers at the edge. */
import { TagalongError } from './options/error'

/** What a visitor's token is derived from. @example const source: TokenSource = { secret, userId: 'user-42', epoch: 1 } */
export interface TokenSource {
  /** Of this purpose alone, at least 32 bytes, known to your backend and to nobody else. */
  secret: string
  /** What your backend knows the signed-in user by, and never gives to another user. */
  userId: string
  /** 1 unless told. A user whose token has become known gets the next whole number, and is a new visitor from then on. */
  epoch?: number
}

/** What the token says it is for: a signature that the same secret gives for another purpose is never a visitor's token. */
const purpose = 'tagalong-visitor-token'
const leastSecretBytes = 32

const utf8 = new TextEncoder()
const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Callers without types may give anything. A user without an id would share one token with all others who have none. */
const faultOf = ({ secret, userId, epoch }: Record<keyof TokenSource, unknown>): string | undefined => {
  if (typeof document !== 'undefined') return 'runs on your server only: in a page anybody could read the secret'
  if (typeof secret !== 'string' || utf8.encode(secret).length < leastSecretBytes)
    return `needs a secret of at least ${leastSecretBytes} bytes: make one with “openssl rand -hex 32”`
  if (typeof userId !== 'string' || !userId.trim() || !userId.isWellFormed())
    return 'needs a userId: the id of a signed-in user, as a text that is not empty'
  if (!Number.isSafeInteger(epoch) || Number(epoch) < 0) return 'needs an epoch that is a whole number, 0 or more'
  return undefined
}

/**
 * The token of a signed-in user of yours, to be given to the page as `guest.token`: the same on every device, and known to nobody who lacks the secret.
 * Rejects with a `TagalongError` of the code `bad-call` where it would not be a secret of this one user.
 *
 * @example
 * const token = await visitorToken({ secret, userId: user.id })
 */
export const visitorToken = async ({ secret, userId, epoch = 1 }: TokenSource): Promise<string> => {
  const fault = faultOf({ secret, userId, epoch })
  if (fault) throw new TagalongError('bad-call', `visitorToken ${fault}.`)
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  // The id comes last, for it alone may have any character in it: no two users and epochs are one text.
  return hex(await crypto.subtle.sign('HMAC', key, utf8.encode(`${purpose}\n${epoch}\n${userId}`)))
}
