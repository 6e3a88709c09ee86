import { h } from 'preact'
import type { Message } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import { failureText } from './failureText'

export interface SendStateProps {
  message: Message
  strings: Strings
  language: string
  onRetry(): void
  onDiscard(): void
}

/** By language. Making a format takes longer than drawing a message. */
const formats = new Map<string, Intl.DateTimeFormat>()
const timeIn = (language: string, at: Date) => {
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
  formats.set(language, format)
  return format.format(at)
}

/** When a message was sent, that it is on its way, or why it was not sent. */
export const SendState = ({
  message: { state, at, edited, failure },
  strings,
  language,
  onRetry,
  onDiscard,
}: SendStateProps) => {
  if (state === 'failed')
    return (
      <p class="send-state error" role="alert">
        {strings.notSent} {failure && failureText(failure, strings)}{' '}
        <button type="button" onClick={onRetry}>
          {strings.sendAgain}
        </button>{' '}
        <button type="button" onClick={onDiscard}>
          {strings.discard}
        </button>
      </p>
    )
  const date = new Date(at)
  return (
    <p class="send-state">
      {state === 'sending' ? strings.sending : <time dateTime={date.toISOString()}>{timeIn(language, date)}</time>}
      {edited && ` · ${strings.edited}`}
    </p>
  )
}
