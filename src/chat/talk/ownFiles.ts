import { asObject, asText } from '../../wire/coerce'
import type { WireMessage } from '../../wire/messages'

export interface OwnFiles {
  /** Remembers the files of this visitor among these messages. */
  note(messages: WireMessage[], token: string | undefined): void
  ids(): Set<string>
  /** The message, none of the earlier ones, that carries this file as far as its name and size tell. */
  find(file: File, earlierIds: Set<string>): string | undefined
}

/** The visitor's own files that the server has, by the id of their message. */
export const createOwnFiles = (): OwnFiles => {
  const files = new Map<string, { name: string; sizeBytes?: number }>()
  return {
    note(messages, token) {
      for (const { id, token: sender, files: sent, attachments } of messages) {
        if (sender !== token || !(sent[0] || attachments[0])) continue
        const { name, size } = asObject(sent[0])
        files.set(id, {
          name: asText(name) || asText(asObject(attachments[0]).title),
          sizeBytes: typeof size === 'number' ? size : undefined,
        })
      }
    },

    ids: () => new Set(files.keys()),

    find({ name: wantedName, size }, earlierIds) {
      const match = [...files].find(
        ([id, { name, sizeBytes = size }]) => !earlierIds.has(id) && name === wantedName && sizeBytes === size,
      )
      return match?.[0]
    },
  }
}
