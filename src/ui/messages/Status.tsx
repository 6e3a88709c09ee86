import type { View } from '../view/view'
import { fill, span } from '../view/words'

/** Who is typing, or how long it may still take until somebody is there. */
export const Status = ({ view: { chat, t, language } }: { view: View }) => {
  const typing = chat.typing.value
  const queue = chat.queue.value
  const room = chat.room.value
  const waiting = room?.open && !chat.agent.value
  return (
    <div class="status" role="status">
      {typing.length ? (
        <p>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {typing.length > 1 ? t.severalTyping : fill(t.typing, { name: typing[0] || t.somebody })}
        </p>
      ) : queue ? (
        <p>
          {queue.text || fill(t.queueSpot, { n: queue.spot })}
          {queue.waitSeconds !== undefined && ` · ${fill(t.queueWait, { time: span(language, queue.waitSeconds) })}`}
        </p>
      ) : waiting ? (
        <p>{t.waiting}</p>
      ) : null}
    </div>
  )
}
