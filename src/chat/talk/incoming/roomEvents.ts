import { decodeRoomEvent } from '../../../wire/frames'
import { asObject, asText } from '../../../wire/coerce'
import type { Conversation } from '../../conversation'
import type { ServerState } from '../../serverState'
import type { DdpParts } from '../socket/ddp'
import type { Subscription } from '../socket/subscriptions'
import type { RoomState } from '../roomState'
import type { Typing } from '../typing'

export interface RoomEventsParts {
  conversation: Pick<Conversation, 'facts' | 'changeMessage'>
  personOf: ServerState['personOf']
  receive(values: unknown[]): void
  roomState: Pick<RoomState, 'update'>
  typing: Pick<Typing, 'receive' | 'subscriptions'>
}

export interface RoomEvents {
  subscriptions(roomId: string): Subscription[]
  onEvent: DdpParts['onEvent']
}

export const messageStream = 'stream-room-messages'
const roomStream = 'stream-livechat-room'
const notifyStream = 'stream-notify-room'

const erased = { deleted: true, text: '', body: [], files: [], quotes: [], blocks: undefined }

/** The streams of a room, and which part each of their events is for. */
export const createRoomEvents = ({
  conversation: { facts, changeMessage },
  personOf,
  receive,
  roomState,
  typing,
}: RoomEventsParts): RoomEvents => {
  const onRoomChange = (value: unknown) => {
    const change = decodeRoomEvent(value)
    const agent = facts.agent.peek()
    switch (change?.kind) {
      case 'agent':
        // An agent who has taken the conversation ends the queue.
        return roomState.update({
          agent: personOf(change.agent),
          queue: change.agent ? undefined : facts.queue.peek(),
        })
      case 'queue':
        return roomState.update({ queue: change.queue })
      case 'status':
        if (agent) roomState.update({ agent: { ...agent, status: change.status } })
    }
  }

  return {
    // The first is the one whose acceptance makes the connection live.
    subscriptions: (roomId) => [
      { stream: messageStream, event: roomId },
      { stream: roomStream, event: roomId },
      { stream: notifyStream, event: `${roomId}/deleteMessage` },
      ...typing.subscriptions(roomId),
    ],

    onEvent(stream, event, args) {
      const [roomId, activity] = event.split('/')
      if (roomId !== facts.room.peek()?.id) return
      if (stream === messageStream) receive(args)
      else if (activity === 'deleteMessage') changeMessage(asText(asObject(args[0])._id), erased, true)
      else if (activity) typing.receive(event, args)
      else onRoomChange(args[0])
    },
  }
}
