import type { Settings } from './contracts'
import type { Door } from './door'
import type { Tracking } from './index'

/** The server is asked what it wants shown at most this often. */
const restMs = 600_000

/** What a page does besides tracking, as soon as that has begun: learns of the server's settings, and says who the host knows the visitor to be. */
export const arrive = ({ ready, options, visitor, visits, storage, emit, guard }: Tracking, settings: Settings, door: () => Promise<Pick<Door, 'identify'>>): void => {
  // Word to the host of every change of the visitor, whichever tab has made it.
  visitor.observe(({ token, roomId }, before) => {
    if (before && before.token !== token) emit('identity', {})
    if (before?.roomId === roomId) return
    if (before?.roomId) emit('chat-end', { roomId: before.roomId })
    if (roomId) emit('chat-start', { roomId })
    visits.wake()
  })
  void ready.then(
    guard(async () => {
      await settings.fresh(restMs)
      // Registering waits for the first open; whoever is registered, or comes with a token of their own, is known already.
      const { guest } = options
      if (guest && (guest.token || (await visitor.state()).visitor)) await (await door()).identify(guest)
      // A wish that no page has seen answered.
      else if ((await storage.list('register/', 1))[0]) await door()
    }),
  )
}
