import type { Undo } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'
import { asObject, asText } from '../../../wire/coerce'
import type { WireMessage } from '../../../wire/messages'
import type { SyncResult } from '../incoming/history'
import type { Entry, UploadList } from './uploadList'

export interface UnansweredUploadsParts {
  core: Pick<Core, 'clock' | 'guard' | 'visitor'>
  list: UploadList
  /** Fetches the latest page of the history, which tells what became of an upload without an answer. */
  syncHistory(): Promise<SyncResult>
}

export interface UnansweredUploads {
  /** This upload is about to be sent: what the server has already is not this file. */
  expect(entry: Entry): void
  /** No answer came to this upload: the history is asked, until it can be. */
  confirm(entry: Entry): Promise<void>
  /** These messages have arrived: own files among them may be uploads whose answer was lost. */
  follow(messages: WireMessage[]): void
  stop(): void
}

/** Uploads that the server may have stored without having said so. */
export const createUnansweredUploads = (parts: UnansweredUploadsParts): UnansweredUploads => {
  const { core, list, syncHistory } = parts
  const { entries, enter, remove } = list
  /** The visitor's own files that the server has, by the id of their message. */
  const ownFiles = new Map<string, { name: string; sizeBytes?: number }>()
  const undos: Undo[] = []

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
    confirm,

    expect(entry) {
      entry.earlierFileIds = new Set(ownFiles.keys())
    },

    follow(messages) {
      const token = core.visitor.current()?.token
      for (const { id, token: sender, files, attachments } of messages) {
        if (sender !== token || !(files[0] || attachments[0])) continue
        const { name, size } = asObject(files[0])
        ownFiles.set(id, {
          name: asText(name) || asText(asObject(attachments[0]).title),
          sizeBytes: typeof size === 'number' ? size : undefined,
        })
      }
      if (messages.length) matchArrived()
    },

    stop: () => undos.forEach((undo) => undo()),
  }
}
