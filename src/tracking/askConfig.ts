import type { Json } from '../wire/json'
import { configPath } from '../wire/paths'
import { successBodyOf, type Reply } from '../wire/reply'
import type { Tracking } from './contracts'
import type { StoredConfig } from './stored'
import { configKey, roundTripKey } from './keys'

const timeoutMs = 10_000

interface Department {
  _id?: string
  name?: string
}

export type AskConfigParts = Pick<
  Tracking,
  'server' | 'options' | 'storage' | 'journal' | 'visitor' | 'clock' | 'send' | 'posting'
>

/** Asks the server what `livechat/config` says now, and keeps it for every page and tab. */
export const askConfig = async ({
  server,
  options,
  storage,
  journal,
  visitor,
  clock,
  send,
  posting,
}: AskConfigParts): Promise<{ reply: Reply; kept: StoredConfig | undefined }> => {
  const state = visitor.current()
  const wanted = state?.told?.department ?? options.department
  /** The server looks a department up by its id alone, and says of a name that nobody is online: its own list tells the id. */
  const idIn = (config: Json | undefined) =>
    // Nobody vouches for what a server sends: `find` is called where there is one.
    wanted &&
    (config?.departments as Department[] | undefined)?.find?.(
      (department) => department?._id === wanted || department?.name === wanted,
    )?._id
  const ask = (department: string | undefined) =>
    send(
      `${server + configPath}?${new URLSearchParams({
        ...(state?.visitor && { token: state.token }),
        ...(department && { department }),
        ...(options.businessUnit && { businessUnit: options.businessUnit }),
      })}`,
      { cache: 'no-store' },
      timeoutMs,
    )
  const knownId = idIn((await storage.get<StoredConfig>(configKey))?.config)
  const askedMs = clock.now()
  let reply = await ask(knownId)
  const at = clock.now()
  let config = successBodyOf(reply).config as Json | undefined
  const id = idIn(config)
  // The list has come only now, or has changed; or the server is older than 3.0, and refuses to be asked for any department.
  if (id !== knownId && (config || (reply as { status?: number }).status === 400)) {
    reply = await ask(id)
    config = (successBodyOf(reply).config as Json | undefined) ?? config
  }
  // A first page may be left before any visit has been answered: this is its only known round trip.
  if (config) journal.write(roundTripKey, at - askedMs)
  // A video call is offered by this method up to 5.0 alone: such servers read no POST without a preflight, and no visit is spent on finding it out.
  // Without an answer there is no text; `test` reads that as the word undefined.
  if (/createLivechatCall/.test((reply as { text: string }).text)) posting.learn('proper')
  const kept = await storage.update<StoredConfig>(configKey, (old) => ({
    ...old,
    triedAt: at,
    ...(config ? { at, config } : { reply }),
  }))
  return { reply, kept }
}
