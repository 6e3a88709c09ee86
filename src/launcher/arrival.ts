import type { FetchedApi } from '../tracking/hostApi'
import type { ServerSettings, Tracking } from '../tracking/contracts'
import { recordPrefixOf, registrationLane } from '../tracking/keys'
import type { VisitorCalls } from '../visitor/contracts'
import { idleSettingsAgeMs } from '../wire/settingsAge'
import { joinTabs } from './joinTabs'

const retryMs = 10_000

/** What a page does besides tracking, as soon as that has begun: learns of the server's settings, and says who the host knows the visitor to be. */
export const arrive = (
  tracking: Tracking,
  settings: ServerSettings,
  fetchVisitor: () => Promise<Pick<VisitorCalls, 'identify' | 'announce'>>,
  listen?: () => Promise<unknown>,
): void => {
  const { ready, options, visitor, storage, guard } = tracking
  joinTabs(tracking)
  // Whichever tab has changed them.
  visitor.observe(
    guard(async (state, before) => {
      if (before && (before.token !== state.token || before.roomId !== state.roomId))
        (await fetchVisitor()).announce(state, before)
    }),
  )
  void ready.then(
    guard(async () => {
      await settings.fresh(idleSettingsAgeMs)
      // Registering waits for the first open; whoever is registered, or comes with a token of their own, is known already.
      const { guest } = options
      if (guest && (guest.token || (await visitor.state()).visitor)) await (await fetchVisitor()).identify(guest)
      // A registration that no page has seen answered, and what was written meanwhile.
      else if ((await storage.list(recordPrefixOf(registrationLane), 1))[0]) {
        await fetchVisitor()
        await listen?.()
      }
    }),
  )
}

/** A page the host reports itself. What it takes is fetched then, and waited for. */
export const createPageByHand =
  ({ recovery, clock }: Pick<Tracking, 'recovery' | 'clock'>): FetchedApi['page'] =>
  async (page, here) => {
    for (;;) {
      const fetched = await recovery()
      if (fetched.kind === 'here') return fetched.recovery.recordByHand(here, page)
      await new Promise<void>((resolve) => clock.after(retryMs, resolve))
    }
  }
