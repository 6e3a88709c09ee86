import { h } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Message } from '../../chat/contracts'
import { Avatar } from '../view/Avatar'
import type { View } from '../view/view'
import { Attachment } from './Attachment'
import { fetchBlocks, useFetched } from '../view/fetched'
import { noticeText } from './noticeText'
import { Picture } from './Picture'
import { RichText } from './RichText'
import { SendState } from './SendState'

export interface BubbleProps {
  view: View
  message: Message
  isFirstOfDay: boolean
  isFirstOfGroup: boolean
  isLastOfGroup: boolean
  isFirstUnread: boolean
}

/** Until this download has come, and if it never does, the message is shown with its text alone. */
const Blocks = (props: { view: View; message: Message }) => {
  const Fetched = useFetched(props.view, fetchBlocks)?.Blocks
  return Fetched ? <Fetched {...props} RichText={RichText} Picture={Picture} /> : null
}

const dayName = (language: string, atMs: number, nowMs: number) => {
  const days = Math.round((new Date(atMs).setHours(12, 0, 0, 0) - new Date(nowMs).setHours(12, 0, 0, 0)) / 86_400_000)
  if (days > -2) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  const isLongAgo = days < -300
  return new Intl.DateTimeFormat(language, {
    weekday: isLongAgo ? undefined : 'long',
    day: 'numeric',
    month: 'long',
    year: isLongAgo ? 'numeric' : undefined,
  }).format(atMs)
}

/** One message, or one note. It is drawn again only when something of it has changed. */
export const Bubble = ({ view, message, isFirstOfDay, isFirstOfGroup, isLastOfGroup, isFirstUnread }: BubbleProps) =>
  useMemo(() => {
    const { core, chat, strings, language } = view
    const { author, from, body, files, quotes, blocks, note, at, deleted, edited } = message
    const isMine = from === 'visitor'
    const name = isMine ? strings.you : author.hidden ? strings.somebody : author.name || author.username
    const hasContent = !deleted && (quotes.length > 0 || body.length > 0 || files.length > 0 || !!blocks)
    return (
      <div class="row">
        {isFirstOfDay && <p class="day">{dayName(language, at, core.clock.now())}</p>}
        {isFirstUnread && <p class="unread">{strings.unread}</p>}
        {note ? (
          <p class="notice">{noticeText(note, strings)}</p>
        ) : (
          <article
            part="message"
            class={`message ${isMine ? 'mine' : 'theirs'}${isFirstOfGroup ? ' first' : ''}${isLastOfGroup ? ' last' : ''}`}
            aria-label={name}
          >
            {!isMine && (
              <span class="side">
                {isLastOfGroup && <Avatar name={name} url={author.hidden ? undefined : author.avatarUrl} />}
              </span>
            )}
            <div class="stack">
              {isFirstOfGroup && !isMine && (
                <p class="author">
                  <bdi>{name}</bdi>
                  {from === 'bot' && <small>{strings.bot}</small>}
                </p>
              )}
              {deleted && <p class="bubble deleted">{strings.deleted}</p>}
              {hasContent && (
                <div
                  class={`bubble${files.length && !body.length && !quotes.length ? ' without-bubble' : ''}`}
                  dir="auto"
                >
                  {quotes.map((quote, index) => (
                    <blockquote key={index}>
                      <cite>
                        <bdi>{quote.author}</bdi>
                      </cite>
                      {quote.text}
                    </blockquote>
                  ))}
                  {message.unfetchedParentId && (
                    <button type="button" class="show-more" onClick={() => chat.showQuote(message.id)}>
                      {strings.showOriginal}
                    </button>
                  )}
                  <RichText body={body} strings={strings} />
                  {files.map((file) => (
                    <Attachment key={file.url} file={file} view={view} />
                  ))}
                  {blocks && <Blocks view={view} message={message} />}
                </div>
              )}
              {(isLastOfGroup || message.state !== 'sent' || edited) && (
                <SendState
                  message={message}
                  strings={strings}
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
  }, [message, isFirstOfDay, isFirstOfGroup, isLastOfGroup, isFirstUnread, view.language])
