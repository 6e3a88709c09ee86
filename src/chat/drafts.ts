/** What is written and not yet sent survives a reload: stored at every key, for nobody knows which is the last. */
import type { Core } from '../visitor/contracts'

const key = 'chat/draft'

export const createDrafts = ({ storage }: Core) => ({
  read: async (): Promise<string> => (await storage.get<string>(key)) ?? '',
  write: (text: string) => void (text ? storage.set(key, text) : storage.delete(key)),
})
