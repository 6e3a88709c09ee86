import type { Core } from '../../../visitor/contracts'
import type { Chat } from '../../contracts'
import type { Conversation } from '../../conversation'
import type { Room } from '../../room'
import { createUnansweredUploads, type UnansweredUploads, type UnansweredUploadsParts } from './unansweredUploads'
import { createUploadList, type Entry } from './uploadList'
import { postFile } from './uploadRequest'

export interface UploadsParts extends Pick<UnansweredUploadsParts, 'syncHistory'> {
  core: Pick<Core, 'server' | 'call' | 'clock' | 'guard' | 'randomId' | 'visitor'>
  conversation: Pick<Conversation, 'update'>
  ensureOpenRoom: Room['ensureOpen']
  /** Messages as the server sends them. */
  receive(values: unknown[]): void
}

export interface Uploads
  extends Pick<Chat, 'attach' | 'cancelUpload' | 'retryUpload'>, Pick<UnansweredUploads, 'follow' | 'stop'> {}

/** Files on their way: one after the other, with progress, and never sent twice without the visitor's asking. */
export const createUploads = (parts: UploadsParts): Uploads => {
  const { core, conversation, ensureOpenRoom, receive, syncHistory } = parts
  const list = createUploadList(conversation.update)
  const { entries, enter, remove } = list
  const unanswered = createUnansweredUploads({ core, list, syncHistory })
  let isRunning = false

  const upload = async (entry: Entry): Promise<void> => {
    enter(entry, 'uploading')
    const room = await ensureOpenRoom()
    if (!entries.includes(entry)) return
    if (room.kind === 'drop') return enter(entry, 'failed', { code: room.code, says: room.says })
    if (room.kind !== 'open') {
      const isLimited = room.kind === 'wait' && room.limited
      return enter(entry, 'failed', { code: isLimited ? 'limited' : 'unreachable', says: '' })
    }
    // An upload is an XMLHttpRequest, which follows every redirect with the token in its header. `core.call` follows none, so a
    // harmless question first finds out whether there is one.
    if ((await core.call('GET', 'livechat/config')).kind === 'silent')
      return enter(entry, 'failed', { code: 'unreachable', says: '' })
    if (!entries.includes(entry)) return
    unanswered.expect(entry)
    const { token, roomId } = room
    const request = postFile(core, { file: entry.file, token, roomId }, (progress) => list.change(entry, { progress }))
    entry.abort = request.abort
    const result = await request.result
    entry.abort = undefined
    switch (result.kind) {
      case 'cancelled':
        return remove(entry)
      case 'refused':
        return enter(entry, 'failed', { code: result.code, says: result.says })
      case 'stored':
        remove(entry)
        return receive([result.message])
      case 'lost':
        enter(entry, 'unconfirmed')
        core.guard(unanswered.confirm)(entry)
    }
  }

  const uploadQueued = core.guard(async () => {
    if (isRunning) return
    isRunning = true
    const nextEntry = () => entries.find(({ phase }) => phase === 'queued')
    try {
      for (let entry = nextEntry(); entry; entry = nextEntry()) await upload(entry)
    } finally {
      isRunning = false
    }
  })

  return {
    attach(files) {
      for (const file of files) list.add(core.randomId(), file)
      uploadQueued()
    },

    cancelUpload(id) {
      const entry = list.find(id)
      if (!entry) return
      entry.abort?.()
      remove(entry)
    },

    retryUpload(id) {
      const entry = list.find(id)
      if (entry?.phase !== 'failed') return
      enter(entry, 'queued')
      uploadQueued()
    },

    follow: unanswered.follow,

    stop() {
      unanswered.stop()
      entries.forEach(({ abort }) => abort?.())
    },
  }
}
