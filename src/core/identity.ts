import type { VisitorPart, VisitorState } from './contracts'
import type { Tracking } from './index'

/** What is made of the visitor beyond a token: word of every change, to the host and to the other tabs. */
export const createIdentity = ({ visitor, visits, tabs, events, guard }: Tracking): Omit<VisitorPart, 'register'> & { change(how: (old: VisitorState) => VisitorState): Promise<VisitorState> } => {
  visitor.observe(({ token, roomId }, before) => {
    if (before && before.token !== token) events.emit('identity', {})
    if (before?.roomId === roomId) return
    if (before?.roomId) events.emit('chat-end', { roomId: before.roomId })
    if (roomId) events.emit('chat-start', { roomId })
    visits.wake()
  })
  const part = {
    state: visitor.state,
    current: visitor.current,
    observe: (listener: (state: VisitorState) => void) => visitor.observe(guard(listener)),
    async change(how: (old: VisitorState) => VisitorState) {
      const state = await visitor.change(how)
      tabs.say('visitor')
      return state
    },
    async setRoom(roomId: string | undefined) {
      if ((await part.state()).roomId !== roomId) await part.change((old) => ({ ...old, roomId }))
    },
  }
  return part
}
