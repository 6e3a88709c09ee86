import { decodeMessage, decodeRoom, decodeVisit, decodeVisitor } from '../../src/agent/decode.ts'
import type { Control } from './control.ts'
import type { State } from './state.ts'

/** What the control door tells as it happens goes into the state, in the same documents that reading would give. */
export const listenTo = (
  door: Control,
  server: string,
  state: State,
  select: (id: string | undefined) => void,
): void => {
  const on = <T>(
    event: Parameters<Control['on']>[0],
    decode: (data: unknown) => T | undefined,
    use: (value: T, data: { rid?: string; removed?: boolean }) => void,
  ) =>
    door.on(event, (data) => {
      const value = decode(data)
      if (value) use(value, data as object)
    })
  on('room', decodeRoom, (room) => {
    const { earlier } = state
    state.addRooms([room])
    if (earlier.value.some(({ id }) => id === room.id))
      earlier.value = earlier.value.map((one) => (one.id === room.id ? room : one))
  })
  on('visit', decodeVisit, (visit) => {
    if (visit.roomId) state.addVisit(visit)
  })
  on('visitor', decodeVisitor, (info) => {
    if (info.id === state.selected.value?.visitor?.id) state.visitor.value = info
  })
  on(
    'message',
    (data) => decodeMessage(data, server),
    (message, { rid, removed }) => {
      if (rid !== state.selectedId.value) return
      if (removed) state.messages.value = state.messages.value.filter(({ id }) => id !== message.id)
      else state.addMessages([message])
    },
  )
  door.on('typing', (data) => {
    const { rid, username, typing } = data as { rid: string; username: string; typing: boolean }
    const isSelected = rid === state.selectedId.value && username === state.selected.value?.visitor?.username
    if (isSelected) state.typing.value = typing
  })
  door.on('reset', () => {
    state.rooms.value = []
    select(undefined)
  })
}
