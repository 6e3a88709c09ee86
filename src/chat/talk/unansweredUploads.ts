import type { Undo } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'
import type { WireMessage } from '../../wire/messages'
import type { SyncResult } from './history'
import type { OwnFiles } from './ownFiles'
import type { Entry, UploadList } from './uploadList'

export interface UnansweredUploadsParts {
  core: Pick<Core, 'clock' | 'guard' | 'visitor'>
  list: UploadList
  ownFiles: OwnFiles
  /** Fetches the latest page of the history, which tells what became of an upload without an answer. */
  syncHistory(): Promise<SyncResult>
}

export interface UnansweredUploads {
  /** No answer came to this upload: the history is asked, until it can be. */
  confirm(entry: Entry): Promise<void>
  /** These messages have arrived: own files among them may be uploads whose answer was lost. */
  follow(messages: WireMessage[]): void
  stop(): void
}

/** Uploads that the server may have stored without having said so. */
export const createUnansweredUploads = (parts: UnansweredUploadsParts): UnansweredUploads => {
  const { core, list, ownFiles, syncHistory } = parts
  const { entries, enter, remove } = list
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
      const id = ownFiles.find(entry.file, entry.earlierFileIds)
      if (!id) continue
      // Of two files with the same name and size this message is one only.
      entries.forEach((other) => other.earlierFileIds.add(id))
      remove(entry)
    }
  }

  return {
    confirm,

    follow(messages) {
      ownFiles.note(messages, core.visitor.current()?.token)
      if (messages.length) matchArrived()
    },

    stop: () => undos.forEach((undo) => undo()),
  }
}
