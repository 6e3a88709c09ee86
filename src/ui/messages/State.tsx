import type { Message } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import { failureText } from './failureText'

export interface StateProps {
  message: Message
  t: Strings
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

export const State = ({ message: { state, at, edited, failure }, t, language, onRetry, onDiscard }: StateProps) => {
  if (state === 'failed')
    return (
      <p class="state wrong" role="alert">
        {t.notSent} {failure && failureText(failure, t)}{' '}
        <button type="button" onClick={onRetry}>
          {t.sendAgain}
        </button>{' '}
        <button type="button" onClick={onDiscard}>
          {t.discard}
        </button>
      </p>
    )
  const date = new Date(at)
  return (
    <p class="state">
      {state === 'sending' ? t.sending : <time dateTime={date.toISOString()}>{timeIn(language, date)}</time>}
      {edited && ` · ${t.edited}`}
    </p>
  )
}
