import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ChatMessage } from '../../../src/agent.ts'
import { clockTime } from '../time.ts'

const notes: Record<string, (text: string) => string | undefined> = {
  'livechat-started': () => 'The visitor opened the conversation.',
  'livechat-close': (comment) => `Closed${comment ? `: ${comment}` : '.'}`,
  uj: (name) => `${name || 'An agent'} joined.`,
  ul: (name) => `${name || 'An agent'} left.`,
  livechat_transfer_history: () => 'Transferred.',
  livechat_transfer_history_fallback: () => 'Transferred to another department.',
  livechat_navigation_history: () => undefined,
  command: () => undefined,
}

const Bubble = ({ message }: { message: ChatMessage }) => {
  if (message.from === 'system') {
    const { type = '', text } = message
    const noteOf = Object.hasOwn(notes, type) ? notes[type] : undefined
    const note = noteOf ? noteOf(text) : text || type
    return note ? <li class="note">{note}</li> : null
  }
  return (
    <li class={`bubble ${message.from}`}>
      {message.text && <p>{message.text}</p>}
      {message.files.map(({ name, link }) => (
        <p key={link}>
          <a href={link} target="_blank" rel="noreferrer noopener">
            {name}
          </a>
        </p>
      ))}
      <span class="hint">
        {message.author.name ?? message.author.username}, {clockTime(message.at)}
      </span>
    </li>
  )
}

/** What was said, with the newest in sight. */
export const Talk = ({ messages, typing, hidden }: { messages: ChatMessage[]; typing: boolean; hidden?: string }) => {
  const end = useRef<HTMLOListElement>(null)
  useEffect(() => {
    end.current?.scrollTo({ top: end.current.scrollHeight })
  }, [messages.length])
  return (
    <ol class="talk" ref={end}>
      {messages.map((message) => (
        <Bubble key={message.id} message={message} />
      ))}
      {typing && <li class="note">The visitor is writing…</li>}
      {!messages.length && <li class="empty">{hidden ?? 'Nothing has been said yet.'}</li>}
    </ol>
  )
}
