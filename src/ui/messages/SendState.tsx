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

const times = new Map<string, Intl.DateTimeFormat>()
/** The making of a format takes longer than the drawing of a message. */
const timeIn = (language: string, at: Date) => {
  const format = times.get(language) ?? new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
  times.set(language, format)
  return format.format(at)
}

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
