import { h, render } from 'preact'
import type { Chat } from '../../chat/contracts'
import type { Events } from '../../options'
import type { Undo } from '../../browser/ports'
import { newElement } from '../../browser/document'
import sheet from './greeting.css?inline'
import type { WidgetElement } from '../contracts'
import { closeWords } from './strings'

export interface GreetingProps {
  author: string
  text: string
  avatarUrl?: string
  close: string
  onOpen(): void
  onDismiss(): void
}

const Greeting = ({ author, text, avatarUrl, close, onOpen, onDismiss }: GreetingProps) => (
  <div class="greeting" role="status">
    <button type="button" class="greeting-text" onClick={onOpen}>
      {avatarUrl && <img src={avatarUrl} alt="" width="36" height="36" />}
      <span dir="auto">
        <b>
          <bdi>{author}</bdi>
        </b>
        {text}
      </span>
    </button>
    <button type="button" class="dismiss" aria-label={close} onClick={onDismiss}>
      <svg viewBox="0 0 24 24">
        <path d="m7 7 10 10M17 7 7 17" />
      </svg>
    </button>
  </div>
)

/** What a trigger of the server says to somebody who has not opened the chat, beside the launcher. */
export const greet = (chat: Chat, { parts, container, language, adopt, toggle }: WidgetElement): Undo => {
  const slot = container.appendChild(newElement('div'))
  adopt(sheet)
  const stop = chat.greetings.subscribe(
    parts.guard((greetings) => {
      const last = greetings.at(-1)
      const tell = (state: Events['greeting']['state']) => {
        if (last) parts.emit('greeting', { state, id: last.id, text: last.text, name: last.author.name })
      }
      render(
        last && (
          <Greeting
            author={last.author.hidden ? '' : last.author.name}
            text={last.text}
            avatarUrl={last.author.avatarUrl}
            close={closeWords[language]}
            onOpen={() => {
              tell('clicked')
              toggle()
            }}
            onDismiss={() => {
              tell('dismissed')
              chat.dismissGreeting()
            }}
          />
        ),
        slot,
      )
    }),
  )
  return () => {
    stop()
    render(null, slot)
    slot.remove()
  }
}
