import { useMemo } from 'preact/hooks'
import type { Message } from '../../chat/contracts'
import { Avatar } from '../view/Avatar'
import type { View } from '../view/view'
import { Attachment } from './Attachment'
import { loadBlocks, useLater } from '../view/later'
import { noteText } from './noteText'
import { Rich } from './Rich'
import { State } from './State'

export interface BubbleProps {
  view: View
  message: Message
  day: boolean
  first: boolean
  last: boolean
  unread: boolean
}

/** Until its blocks have come, and if they never do, the message's text stands alone. */
const Blocks = (props: { view: View; message: Message }) => {
  const Later = useLater(props.view, loadBlocks)?.Blocks
  return Later ? <Later {...props} Rich={Rich} /> : null
}

const dayName = (language: string, at: number, now: number) => {
  const days = Math.round((new Date(at).setHours(12, 0, 0, 0) - new Date(now).setHours(12, 0, 0, 0)) / 86_400_000)
  if (days > -2) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  const long = days < -300
  return new Intl.DateTimeFormat(language, {
    weekday: long ? undefined : 'long',
    day: 'numeric',
    month: 'long',
    year: long ? 'numeric' : undefined,
  }).format(at)
}

/** One message in its place. It is drawn again only when something of it has changed. */
export const Bubble = ({ view, message, day, first, last, unread }: BubbleProps) =>
  useMemo(() => {
    const { core, chat, t, language } = view
    const { author, from, body, files, quotes, blocks, note, at, deleted, edited } = message
    const mine = from === 'visitor'
    const name = mine ? t.you : author.hidden ? t.somebody : author.name || author.username
    const content = !deleted && (quotes.length > 0 || body.length > 0 || files.length > 0 || !!blocks)
    return (
      <div class="row">
        {day && <p class="day">{dayName(language, at, core.clock.now())}</p>}
        {unread && <p class="unread">{t.unread}</p>}
        {note ? (
          <p class="note">{noteText(note, t)}</p>
        ) : (
          <article
            part="message"
            class={`message ${mine ? 'mine' : 'theirs'}${first ? ' first' : ''}${last ? ' last' : ''}`}
            aria-label={name}
          >
            {!mine && (
              <span class="side">
                {last && <Avatar name={name} url={author.hidden ? undefined : author.avatarUrl} />}
              </span>
            )}
            <div class="stack">
              {first && !mine && (
                <p class="author">
                  {name}
                  {from === 'bot' && <small>{t.bot}</small>}
                </p>
              )}
              {deleted && <p class="bubble gone">{t.deleted}</p>}
              {content && (
                <div class={`bubble${files.length && !body.length && !quotes.length ? ' bare' : ''}`} dir="auto">
                  {quotes.map((quote, index) => (
                    <blockquote key={index}>
                      <cite>{quote.author}</cite>
                      {quote.text}
                    </blockquote>
                  ))}
                  <Rich body={body} />
                  {files.map((file) => (
                    <Attachment key={file.url} file={file} t={t} language={language} />
                  ))}
                  {blocks && <Blocks view={view} message={message} />}
                </div>
              )}
              {(last || message.state !== 'sent' || edited) && (
                <State
                  message={message}
                  t={t}
                  language={language}
                  onRetry={() => chat.retry(message.id)}
                  onDiscard={() => chat.discard(message.id)}
                />
              )}
            </div>
          </article>
        )}
      </div>
    )
  }, [message, day, first, last, unread, view.language])
