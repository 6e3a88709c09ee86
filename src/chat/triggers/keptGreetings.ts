import type { Core } from '../../visitor/contracts'
import type { Message } from '../contracts'
import type { Conversation } from '../conversation'
import { keptGreetingsKey } from '../keys'

export interface KeptGreetings {
  keep(greeting: Message): Promise<void>
  /** Shows again what was kept, while no conversation is open. */
  restore(): Promise<void>
  /** A conversation has begun: what greeted the visitor before is of yesterday. */
  forget(): Promise<void>
}

/** What greeted a visitor who had just registered is shown again on the next page: the server has no such message. */
export const createKeptGreetings = (
  { storage }: Pick<Core, 'storage'>,
  { facts, receive }: Pick<Conversation, 'facts' | 'receive'>,
): KeptGreetings => ({
  async keep(greeting) {
    await storage.update<Message[]>(keptGreetingsKey, (kept = []) => [...kept, greeting])
  },
  async restore() {
    const kept = await storage.get<Message[]>(keptGreetingsKey)
    if (!kept || facts.room.peek()?.open) return
    receive(kept.map((message) => ({ message, updatedAt: 0 })))
  },
  forget: () => storage.delete(keptGreetingsKey),
})
