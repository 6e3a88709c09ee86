import type { Undo } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'
import type { WireMessage } from '../../wire/messages'
import { object, text } from '../../wire/coerce'
import type { Chat, Upload } from '../contracts'
import type { Conversation } from '../conversation'
import type { Room } from '../room'
import type { SyncResult } from './history'
import { postFile } from './uploadRequest'

export interface UploadsParts {
  core: Pick<Core, 'server' | 'call' | 'clock' | 'guard' | 'randomId' | 'visitor'>
  conversation: Pick<Conversation, 'update'>
  ensureOpenRoom: Room['ensureOpen']
  /** Messages as the server sends them. */
  receive(values: unknown[]): void
  /** Fetches the latest page of the history, which tells what became of an upload without an answer. */
  syncHistory(): Promise<SyncResult>
}

export interface Uploads extends Pick<Chat, 'attach' | 'cancelUpload' | 'retryUpload'> {
  /** These messages have arrived: own files among them may be uploads whose answer was lost. */
  follow(messages: WireMessage[]): void
  stop(): void
}

/**
 * Where an upload is; `enter` alone changes it. One that has arrived, or was cancelled, is taken off the list.
 * - `queued`: another one is under way.
 * - `uploading`
 * - `unconfirmed`: no answer came. The server may have stored the file all the same, which its history tells.
 * - `failed`: the visitor may try again. The code `lost` says that the history has not shown the file yet.
 */
type Phase = 'queued' | 'uploading' | 'unconfirmed' | 'failed'

const shownState = { queued: 'sending', uploading: 'sending', unconfirmed: 'unknown', failed: 'failed' } as const

interface Entry {
  file: File
  phase: Phase
  upload: Upload
  /** Own files that were there before this one was sent: none of them is this one. */
  earlierFileIds: Set<string>
  abort?(): void
}

type Failure = NonNullable<Upload['failure']>

/** Files on their way: one after the other, with progress, and never sent twice without the visitor's asking. */
export const createUploads = (parts: UploadsParts): Uploads => {
  const { core, conversation, ensureOpenRoom, receive, syncHistory } = parts
  const entries: Entry[] = []
  const ownFiles = new Map<string, { name: string; sizeBytes?: number }>()
  const undos: Undo[] = []
  let isRunning = false

  const show = () => conversation.update({ uploads: entries.map(({ upload }) => upload) })
  const change = (entry: Entry, upload: Partial<Upload>) => {
    entry.upload = { ...entry.upload, ...upload }
    show()
  }
  const enter = (entry: Entry, phase: Phase, failure?: Failure) => {
    entry.phase = phase
    change(entry, { state: shownState[phase], failure, ...(phase === 'queued' && { progress: 0 }) })
  }
  const findEntry = (id: string) => entries.find(({ upload }) => upload.id === id)
  const remove = (entry: Entry) => {
    const index = entries.indexOf(entry)
    if (index >= 0) entries.splice(index, 1)
    show()
  }

  /** With the latest page of history on screen, a file that is not in it was not stored. */
  const confirm = async (entry: Entry) => {
    const result = await syncHistory()
    if (!entries.includes(entry) || entry.phase !== 'unconfirmed') return
    if (result.kind === 'done') return enter(entry, 'failed', { code: 'lost', says: '' })
    undos.push(
      core.clock.after(
        result.delayMs,
        core.guard(() => confirm(entry)),
      ),
    )
  }

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
    entry.earlierFileIds = new Set(ownFiles.keys())
    const { token, roomId } = room
    const request = postFile(core, { file: entry.file, token, roomId }, (progress) => change(entry, { progress }))
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
        void confirm(entry)
    }
  }

  const uploadQueued = async () => {
    if (isRunning) return
    isRunning = true
    const nextEntry = () => entries.find(({ phase }) => phase === 'queued')
    for (let entry = nextEntry(); entry; entry = nextEntry()) await upload(entry)
    isRunning = false
  }

  const isMissing = ({ phase, upload: { failure } }: Entry) => phase === 'unconfirmed' || failure?.code === 'lost'

  /** Takes those off the list that have arrived without an answer's having said so. */
  const matchArrived = () => {
    for (const entry of entries.filter(isMissing)) {
      const { file, earlierFileIds } = entry
      const match = [...ownFiles].find(
        ([id, { name, sizeBytes = file.size }]) =>
          !earlierFileIds.has(id) && name === file.name && sizeBytes === file.size,
      )
      if (!match) continue
      const [id] = match
      // Of two files with the same name and size this message is one only.
      entries.forEach((other) => other.earlierFileIds.add(id))
      remove(entry)
    }
  }

  return {
    attach(files) {
      for (const file of files) {
        const { name, size: sizeBytes } = file
        const shown: Upload = { id: core.randomId(), name, sizeBytes, progress: 0, state: shownState.queued }
        entries.push({ file, phase: 'queued', upload: shown, earlierFileIds: new Set() })
      }
      show()
      void uploadQueued()
    },

    cancelUpload(id) {
      const entry = findEntry(id)
      if (!entry) return
      entry.abort?.()
      remove(entry)
    },

    retryUpload(id) {
      const entry = findEntry(id)
      if (entry?.phase !== 'failed') return
      enter(entry, 'queued')
      void uploadQueued()
    },

    follow(messages) {
      const token = core.visitor.current()?.token
      for (const { id, token: sender, files, attachments } of messages) {
        if (sender !== token || !(files[0] || attachments[0])) continue
        const { name, size } = object(files[0])
        ownFiles.set(id, {
          name: text(name) || text(object(attachments[0]).title),
          sizeBytes: typeof size === 'number' ? size : undefined,
        })
      }
      if (messages.length) matchArrived()
    },

    stop() {
      undos.forEach((undo) => undo())
      entries.forEach(({ abort }) => abort?.())
    },
  }
}
