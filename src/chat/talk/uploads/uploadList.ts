import type { Upload } from '../../contracts'
import type { Conversation } from '../../conversation'

/**
 * Where an upload is; `enter` alone changes it. One that has arrived, or was cancelled, is taken off the list.
 * - `queued`: another one is under way.
 * - `uploading`
 * - `unconfirmed`: no answer came. The server may have stored the file all the same, which its history tells.
 * - `failed`: the visitor may try again. The code `lost` says that the history has not shown the file yet.
 */
export type Phase = 'queued' | 'uploading' | 'unconfirmed' | 'failed'

const shownState = { queued: 'sending', uploading: 'sending', unconfirmed: 'unknown', failed: 'failed' } as const

export interface Entry {
  file: File
  phase: Phase
  upload: Upload
  /** Own files that were there before this one was sent: none of them is this one. */
  earlierFileIds: Set<string>
  /** It was sent again by itself, to a room made anew. */
  isSentAgain: boolean
  abort?(): void
}

export interface UploadList {
  /** In the order in which the visitor chose the files; only the list's own functions change it. */
  entries: Entry[]
  add(id: string, file: File): void
  find(id: string): Entry | undefined
  enter(entry: Entry, phase: Phase, failure?: NonNullable<Upload['failure']>): void
  change(entry: Entry, upload: Partial<Upload>): void
  remove(entry: Entry): void
}

/** The uploads under way, and what the visitor sees of them. */
export const createUploadList = (update: Conversation['update']): UploadList => {
  const entries: Entry[] = []
  const show = () => update({ uploads: entries.map(({ upload }) => upload) })
  const change = (entry: Entry, upload: Partial<Upload>) => {
    entry.upload = { ...entry.upload, ...upload }
    show()
  }
  return {
    entries,
    change,

    add(id, file) {
      const { name, size: sizeBytes } = file
      const upload: Upload = { id, name, sizeBytes, progress: 0, state: shownState.queued }
      entries.push({ file, phase: 'queued', upload, earlierFileIds: new Set(), isSentAgain: false })
      show()
    },

    find: (id) => entries.find(({ upload }) => upload.id === id),

    enter(entry, phase, failure) {
      entry.phase = phase
      change(entry, { state: shownState[phase], failure, ...(phase === 'queued' && { progress: 0 }) })
    },

    remove(entry) {
      const index = entries.indexOf(entry)
      if (index >= 0) entries.splice(index, 1)
      show()
    },
  }
}
