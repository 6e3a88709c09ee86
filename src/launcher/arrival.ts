import type { Face } from '../tracking/hostApi'
import type { ServerSettings } from '../tracking/contracts'
import type { Door } from '../visitor'
import type { Tracking } from '../tracking'
import { joinTabs } from '../browser/tabs'

/** The server is asked what it wants shown at most this often. */
const restMs = 600_000
const retryMs = 10_000

/** What a page does besides tracking, as soon as that has begun: learns of the server's settings, and says who the host knows the visitor to be. */
export const arrive = (tracking: Tracking, settings: ServerSettings, door: () => Promise<Pick<Door, 'identify' | 'announce'> & { listen?(): void }>): void => {
  const { ready, options, visitor, storage, guard } = tracking
  joinTabs(tracking)
  // Whichever tab has changed them.
  visitor.observe(
    guard(async (state, before) => {
      if (before && (before.token !== state.token || before.roomId !== state.roomId)) (await door()).announce(state, before)
    }),
  )
  void ready.then(
    guard(async () => {
      await settings.fresh(restMs)
      // Registering waits for the first open; whoever is registered, or comes with a token of their own, is known already.
      const { guest } = options
      if (guest && (guest.token || (await visitor.state()).visitor)) await (await door()).identify(guest)
      // A wish that no page has seen answered, and what was written meanwhile.
      else if ((await storage.list('register/', 1))[0]) (await door()).listen?.()
    }),
  )
}

/** A page the host reports itself. What it takes is fetched then, and waited for. */
export const byHand =
  ({ trouble, clock }: Pick<Tracking, 'trouble' | 'clock'>): Face['page'] =>
  async (visit, here) => {
    for (;;) {
      const help = await trouble()
      if (help) return help.report(here, visit)
      await new Promise<void>((resolve) => clock.after(retryMs, resolve))
    }
  }
