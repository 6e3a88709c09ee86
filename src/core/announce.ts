import type { Tracking } from './index'

/** Word to the host of every change of the visitor, whichever tab has made it. */
export const announceVisitor = ({ visitor, visits, emit }: Tracking): void =>
  void visitor.observe(({ token, roomId }, before) => {
    if (before && before.token !== token) emit('identity', {})
    if (before?.roomId === roomId) return
    if (before?.roomId) emit('chat-end', { roomId: before.roomId })
    if (roomId) emit('chat-start', { roomId })
    visits.wake()
  })
