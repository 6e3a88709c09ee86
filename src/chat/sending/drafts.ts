import type { Core } from '../../visitor/contracts'
import { draftKey } from '../keys'

export interface Drafts {
  read(): Promise<string>
  write(text: string): void
}

/** A text that is not sent yet survives a reload. It is stored at every key, because nobody knows which key is the last. */
export const createDrafts = ({ storage }: Pick<Core, 'storage'>): Drafts => ({
  read: async () => (await storage.get<string>(draftKey)) ?? '',
  write: (text) => void (text ? storage.set(draftKey, text) : storage.delete(draftKey)),
})
