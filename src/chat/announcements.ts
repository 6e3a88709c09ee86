/** What the host hears of the conversation. */
import { computed } from '@preact/signals-core'
import type { Core, Undo } from '../core/contracts'
import type { Conversation } from './conversation'

export const createAnnouncements = ({ core, conversation }: { core: Core; conversation: Conversation }) => {
  const { facts, connection, unread } = conversation
  const said: Record<string, string> = { unread: '{"count":0}', queue: '', connection: '', agent: '', online: '' }

  /** Each event once per value. */
  const say = <E extends 'unread' | 'agent' | 'queue' | 'connection' | 'online'>(event: E, detail: Parameters<typeof core.emit<E>>[1]) => {
    const now = JSON.stringify(detail) ?? ''
    if (now !== said[event]) core.emit(event, detail)
    said[event] = now
  }

  const badge = (count: number) => core.titleBadge(core.options().titleBadge ? count : 0)

  const undos: Undo[] = [
    unread.subscribe((count) => {
      say('unread', { count })
      badge(count)
    }),
    facts.agent.subscribe((agent) => say('agent', agent && { name: agent.name, username: agent.username, status: agent.status })),
    facts.queue.subscribe((queue) => queue && say('queue', { spot: queue.spot, waitSeconds: queue.waitSeconds })),
    connection.subscribe(({ state }) => state !== 'idle' && say('connection', { state })),
    computed(() => (facts.asked.value === 'answered' ? { online: facts.online.value } : undefined)).subscribe((detail) => detail && say('online', detail)),
    core.observeOptions(() => badge(unread.peek())),
  ]

  return {
    stop() {
      undos.forEach((undo) => undo())
      core.titleBadge(0)
    },
  }
}
