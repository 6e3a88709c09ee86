import type { Core } from '../../visitor/contracts'
import type { Conversation } from '../conversation'
import type { TabMessage } from '../sending/records'

export interface PresenceParts {
  core: Pick<Core, 'call' | 'clock' | 'guard' | 'page' | 'tabs' | 'visitor'>
  conversation: Pick<Conversation, 'facts'>
}

export interface Presence {
  stop(): void
}

/** As long as the official widget waits. */
const awayAfterMs = 300_000

/** Tells the agent when the visitor has been away from the site for long, and when they are back. */
export const createPresence = ({ core, conversation: { facts } }: PresenceParts): Presence => {
  let isAway = false
  let cancelAway = () => {}

  const report = core.guard(async (status: 'online' | 'away') => {
    if (!facts.room.peek()?.open) return
    isAway = status === 'away'
    const { token } = await core.visitor.state()
    await core.call('POST', 'livechat/visitor.status', { body: { token, status } })
  })

  const undos = [
    core.page.observe((event) => {
      if (event !== 'visible' && event !== 'restore' && event !== 'hidden') return
      cancelAway()
      if (event === 'hidden') cancelAway = core.clock.after(awayAfterMs, () => report('away'))
      else if (isAway) report('online')
    }),
    // The visitor looks at another tab of the site, which reports for them from now on.
    core.tabs.observe(
      'chat',
      core.guard((data) => {
        if ((data as TabMessage).kind === 'here') cancelAway()
      }),
    ),
  ]

  return {
    stop() {
      undos.forEach((undo) => undo())
      cancelAway()
    },
  }
}
