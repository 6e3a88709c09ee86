import type { Tracking } from './index'

/** Word to the host of every change of the visitor, whichever tab has made it. */
export const announceVisitor = ({ visitor, visits, events }: Tracking): void =>
  void visitor.observe(({ token, roomId }, before) => {
    if (before && before.token !== token) events.emit('identity', {})
    if (before?.roomId === roomId) return
    if (before?.roomId) events.emit('chat-end', { roomId: before.roomId })
    if (roomId) events.emit('chat-start', { roomId })
    visits.wake()
  })
