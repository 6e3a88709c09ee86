import { h } from 'preact'
import type { View } from '../view/view'
import { fill, duration } from '../view/format'
import { Waiting } from './Waiting'

/** Who is typing, or how long it may still take until somebody is there. */
export const TypingStatus = ({ view }: { view: View }) => {
  const { chat, strings, language } = view
  const typing = chat.typing.value
  const queue = chat.queue.value
  const room = chat.room.value
  const isWaiting = room?.open && !chat.agent.value
  return (
    <div class="status" role="status">
      {typing.length ? (
        <p>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {typing.length > 1 ? strings.severalTyping : fill(strings.typing, { name: typing[0] || strings.somebody })}
        </p>
      ) : queue ? (
        <p>
          {queue.text || fill(strings.queueSpot, { n: queue.spot })}
          {queue.waitSeconds !== undefined &&
            ` · ${fill(strings.queueWait, { time: duration(language, queue.waitSeconds) })}`}
        </p>
      ) : isWaiting ? (
        <Waiting view={view} />
      ) : null}
    </div>
  )
}
