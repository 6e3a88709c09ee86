import type { Clock, Journal, Send } from '../browser/ports'
import { successBodyOf } from '../wire/reply'
import { jsonPost, type PostWay } from '../wire/request'
import type { Posting, Recovery } from './contracts'
import type { PostWayNote } from './stored'
import { postWayKey } from './keys'

/** In place of the name of an error: there is no answer to go by. */
const notSent = 'NotSent'
/** For so long a server that wants its posts proper is not tried with a simple one: it may have been updated since. */
const properMs = 7 * 86_400_000

export interface PostingParts {
  server: string
  journal: Journal
  clock: Clock
  send: Send
  /** Rejects where it cannot be fetched. */
  needRecovery(): Promise<Pick<Recovery, 'judgeSimplePost'>>
}

/**
 * Every POST to the server is tried as a simple one first: it needs no preflight, and so no setting of the server's. What the server does with
 * it is remembered. Only recovery can tell a refusal of the request from a refusal of its header.
 */
export const createPosting = ({ server, journal, clock, send, needRecovery }: PostingParts): Posting => {
  let note: PostWayNote | undefined
  /** No answer came to a simple post, and nobody knows why: perhaps something before the server has stopped it. The next one is sent properly. */
  let isSimpleInDoubt = false

  const way = (): PostWay | undefined => {
    note ??= journal.read<PostWayNote>(postWayKey)
    if (note?.way === 'simple') return 'simple'
    return note?.way === 'proper' && Math.abs(clock.now() - note.atMs) < properMs ? 'proper' : undefined
  }
  const learn = (next: PostWay) => {
    if (next === way()) return
    note = { way: next, atMs: clock.now() }
    // A full storage refuses to write and not to delete: what was known before must not stand there.
    if (!journal.write(postWayKey, note)) journal.remove(postWayKey)
  }
  return {
    way,
    learn,
    async post(path, body, { init, timeoutMs, maySend = () => true, onRefused } = {}) {
      const sendAs = (as: PostWay) =>
        maySend(as === 'simple' && !way())
          ? send(server + path, { ...jsonPost(body, as), ...init }, timeoutMs)
          : undefined
      const tried = way() ?? (isSimpleInDoubt ? 'proper' : 'simple')
      const reply = (await sendAs(tried)) ?? notSent
      if (typeof reply === 'string') isSimpleInDoubt = !way() && tried === 'simple'
      else if (tried === 'simple') {
        if (!successBodyOf(reply).success) {
          onRefused?.()
          const recovery = await needRecovery().catch(() => undefined)
          // Taken at its word, a refusal of the header alone would be one of the request.
          return recovery ? recovery.judgeSimplePost(reply, body, () => sendAs('proper')) : notSent
        }
        learn('simple')
      }
      return reply
    },
  }
}
