import type { Undo } from '../../browser/ports'
import type { Core } from '../../visitor/contracts'
import { createAnnounce } from '../announce'
import type { Conversation } from '../conversation'
import { createLazyTitleBadge } from './titleBadge'

export interface HostEventsParts {
  core: Pick<Core, 'emit' | 'options' | 'observeOptions' | 'title' | 'guard'>
  conversation: Pick<Conversation, 'facts' | 'unread'>
}

/** What the host page gets to know of a conversation: events, and the count of unread messages in the page's title. */
export const followForHost = ({ core, conversation: { facts, unread } }: HostEventsParts): Undo => {
  const announce = createAnnounce(core)
  let announceQueue = createAnnounce(core)
  const titleBadge = core.guard(createLazyTitleBadge(core))
  const showBadge = () => titleBadge(core.options().titleBadge ? unread.peek() : 0)
  const undos = [
    unread.subscribe((count) => {
      announce('unread', { count })
      showBadge()
    }),
    core.observeOptions(showBadge),
    facts.agent.subscribe((agent) =>
      announce('agent', agent && { name: agent.name, username: agent.username, status: agent.status }),
    ),
    facts.queue.subscribe((queue) => {
      if (queue) announceQueue('queue', queue)
      // A place in the next queue is told, though it may be the same.
      else announceQueue = createAnnounce(core)
    }),
  ]
  return () => {
    undos.forEach((undo) => undo())
    titleBadge(0)
  }
}
