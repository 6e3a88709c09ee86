/** Files on their way: one after the other, with progress, and never sent twice without being asked. */
import type { Core } from '../../visitor/contracts'
import type { Verdict } from '../../tracking/contracts'
import type { Undo } from '../../browser/ports'
import { errorCode, errorSays } from '../../wire/errors'
import { isObject, type Json } from '../../wire/json'
import { objects, text } from '../../wire/coerce'
import type { WireMessage } from '../../wire/messages'
import type { Upload } from '../contracts'
import type { Conversation } from '../conversation'

export interface UploadsOptions {
  core: Core
  conversation: Conversation
  ensure(): Promise<{ kind: 'open'; token: string; roomId: string } | Verdict>
  take(values: unknown[]): void
  /** Asks the history, for it decides what became of an upload without an answer. */
  sync(): Promise<{ kind: 'done' } | { kind: 'later'; ms: number }>
}

interface Entry {
  file: File
  upload: Upload
  /** Own files seen before it left: it is none of them. */
  before?: Set<string>
  cancel?(): void
}

type Sent =
  | { kind: 'sent'; message: unknown }
  | { kind: 'refused'; code: string; says: string }
  | { kind: 'lost' }
  | { kind: 'cancelled' }

/** The server has answered by then, or never will. */
const answerWithinMs = 60_000

const decode = (status: number, said: string): Sent => {
  let body: Json | undefined
  try {
    const value: unknown = JSON.parse(said)
    if (isObject(value)) body = value
  } catch {
    return { kind: 'lost' }
  }
  if (!body) return { kind: 'lost' }
  if (body.success === true) return { kind: 'sent', message: body }
  // `reason` says more than `error` here.
  const says = text(body.reason) || errorSays(body)
  if (status === 429) return { kind: 'refused', code: 'limited', says }
  return status >= 500
    ? { kind: 'lost' }
    : { kind: 'refused', code: text(body.reason) || errorCode(body) || 'refused', says }
}

export const createUploads = ({ core, conversation, ensure, take, sync }: UploadsOptions) => {
  const { note } = conversation
  const entries: Entry[] = []
  const own = new Map<string, { name: string; sizeBytes?: number }>()
  const undos: Undo[] = []
  let sending = false

  const draw = () => note({ uploads: entries.map(({ upload }) => upload) })
  const change = (entry: Entry, to: Partial<Upload>) => {
    entry.upload = { ...entry.upload, ...to }
    draw()
  }
  const remove = (entry: Entry) => {
    const index = entries.indexOf(entry)
    if (index >= 0) entries.splice(index, 1)
    draw()
  }

  const post = (entry: Entry, token: string, roomId: string) =>
    new Promise<Sent>((resolve) => {
      const form = new FormData()
      form.append('file', entry.file, entry.file.name)
      const request = new XMLHttpRequest()
      let undo = () => {}
      const settle = (sent: Sent) => {
        undo()
        entry.cancel = undefined
        resolve(sent)
      }
      request.open('POST', `${core.server}/api/v1/livechat/upload/${roomId}`)
      request.setRequestHeader('x-visitor-token', token)
      request.upload.onprogress = core.guard((event: ProgressEvent) => {
        if (event.lengthComputable) change(entry, { progress: event.loaded / event.total })
      })
      request.upload.onload = core.guard(() => {
        undo = core.clock.after(
          answerWithinMs,
          core.guard(() => {
            request.abort()
            settle({ kind: 'lost' })
          }),
        )
      })
      request.onload = core.guard(() => settle(decode(request.status, request.responseText)))
      request.onerror = core.guard(() => settle({ kind: 'lost' }))
      entry.cancel = () => {
        request.abort()
        settle({ kind: 'cancelled' })
      }
      request.send(form)
    })

  /** The latest page of history is known: what is not in it was not stored. */
  const decide = async (entry: Entry) => {
    const synced = await sync()
    if (!entries.includes(entry) || entry.upload.state !== 'unknown') return
    if (synced.kind === 'done') change(entry, { state: 'failed', failure: { code: 'lost', says: '' } })
    else
      undos.push(
        core.clock.after(
          synced.ms,
          core.guard(() => decide(entry)),
        ),
      )
  }

  const leave = async (entry: Entry): Promise<void> => {
    const place = await ensure()
    if (!entries.includes(entry)) return
    if (place.kind !== 'open') {
      const failure =
        place.kind === 'drop'
          ? place
          : { code: 'limited' in place && place.limited ? 'limited' : 'unreachable', says: '' }
      return change(entry, { state: 'failed', failure: { code: failure.code, says: failure.says } })
    }
    // Only an XMLHttpRequest tells the progress, and it follows every redirect with the token in its header: what may not follow asks first.
    if ((await core.call('GET', 'livechat/config')).kind === 'silent')
      return change(entry, { state: 'failed', failure: { code: 'unreachable', says: '' } })
    if (!entries.includes(entry)) return
    entry.before = new Set(own.keys())
    const sent = await post(entry, place.token, place.roomId)
    if (sent.kind === 'cancelled') return remove(entry)
    if (sent.kind === 'refused')
      return change(entry, { state: 'failed', failure: { code: sent.code, says: sent.says } })
    if (sent.kind === 'sent') {
      remove(entry)
      return take([sent.message])
    }
    change(entry, { state: 'unknown' })
    void decide(entry)
  }

  const next = async () => {
    if (sending) return
    sending = true
    for (let entry; (entry = entries.find(({ upload, before }) => upload.state === 'sending' && !before));) {
      entry.before = new Set()
      await leave(entry)
    }
    sending = false
  }

  /** The server has it after all. */
  const arrived = () => {
    for (const entry of [...entries]) {
      const lost = entry.upload.state === 'unknown' || entry.upload.failure?.code === 'lost'
      const match =
        lost &&
        [...own].find(
          ([id, { name, sizeBytes }]) =>
            !entry.before?.has(id) && name === entry.file.name && (sizeBytes ?? entry.file.size) === entry.file.size,
        )
      if (!match) continue
      entries.forEach(({ before }) => before?.add(match[0]))
      remove(entry)
    }
  }

  return {
    attach(files: File[]) {
      for (const file of files) {
        const upload: Upload = {
          id: core.randomId(),
          name: file.name,
          sizeBytes: file.size,
          progress: 0,
          state: 'sending',
        }
        entries.push({ file, upload })
      }
      draw()
      void next()
    },

    cancel(id: string) {
      const entry = entries.find(({ upload }) => upload.id === id)
      entry?.cancel?.()
      if (entry) remove(entry)
    },

    retry(id: string) {
      const entry = entries.find(({ upload }) => upload.id === id)
      if (entry?.upload.state !== 'failed') return
      entry.before = undefined
      change(entry, { state: 'sending', progress: 0, failure: undefined })
      void next()
    },

    /** Own files that have arrived. */
    see(messages: WireMessage[]) {
      const token = core.visitor.current()?.token
      for (const { id, token: by, files, attachments } of messages) {
        const [file] = files
        if (by !== token || !(file || attachments.length)) continue
        own.set(id, {
          name: text(file?.name) || text(objects(attachments)[0]?.title),
          sizeBytes: typeof file?.size === 'number' ? file.size : undefined,
        })
      }
      if (messages.length) arrived()
    },

    stop() {
      undos.forEach((undo) => undo())
      entries.forEach(({ cancel }) => cancel?.())
    },
  }
}
