import { createJournal } from '../browser/journal'
import { readServer } from '../options'
import { journalPrefixOf, nameOf } from '../tracking/keys'

const key = 'told/agent'

/** The username of the agent whom a page has told of, for the next pages of the same conversation. */
export interface ToldAgent {
  read(): string | undefined
  write(username: string | undefined): void
}

/** Among tracking's own notes, so that it goes when they are deleted. There is an agent only where the visitor may be known. */
export const createToldAgent = (url: string, base: string): ToldAgent => {
  const notes = createJournal(journalPrefixOf(nameOf(readServer(url, base) ?? '')), () => localStorage)
  return {
    read: () => notes.read<string>(key),
    write(username) {
      if (username === undefined) notes.remove(key)
      else notes.write(key, username)
    },
  }
}
