/** From a message on the wire to one to draw; undefined for what is never drawn. */
import type { Json } from '../../wire/json'
import type { ChatConfig } from '../../wire/config'
import type { WireMessage } from '../../wire/messages'
import { count, object, text } from '../../wire/coerce'
import type { Addresses } from '../addresses'
import type { FilePart, Message, Note, Paragraphs, Person, Quote } from '../contracts'

export interface ShapeOptions {
  server: string
  addresses: Addresses
  bodyOf(said: string, md: unknown[] | undefined, link: Addresses['absolute']): Paragraphs[]
  /** Takes off what announces a quote in front of the text. */
  withoutQuoteLink(said: string): string
}

/** Who looks at it. */
export interface Beholder {
  token: string
  visitorId?: string
  config?: ChatConfig
}

const noteOf = ({ type, text: said, author, transfer, comment }: WireMessage, name: string): Note | undefined => {
  switch (type) {
    case 'livechat-started':
      return { kind: 'started' }
    case 'livechat-close':
      return { kind: 'closed', comment: said || undefined }
    case 'uj':
      return { kind: 'joined', name: name && (author.name || said) }
    case 'ul':
      return { kind: 'left', name: name && (author.name || said) }
    case 'livechat_transfer_history':
    case 'livechat_transfer_history_fallback':
      return { kind: 'transferred', to: name && transfer?.to, from: name && transfer?.from }
    case 'livechat_video_call':
    case 'livechat_webrtc_video_call':
      return { kind: 'call' }
    case 'omnichannel_placed_chat_on_hold':
      return { kind: 'hold', comment: comment ?? (said || undefined) }
    case 'omnichannel_on_hold_chat_resumed':
      return { kind: 'resumed', comment: comment ?? (said || undefined) }
  }
}

/** Types that are somebody's words all the same. */
const spoken = new Set([undefined, 'rm', 'videoconf'])

export const createShape = ({ server, addresses, bodyOf, withoutQuoteLink }: ShapeOptions) => {
  /** What lies on the server is shown with the visitor's credentials, which protected files demand. */
  const addressOf = (href: string, roomId: string, token: string): string | undefined => {
    const whole = addresses.absolute(href)
    if (!whole?.startsWith(`${server}/file-upload/`) || /[?&]token=/.test(whole)) return whole
    return `${whole}${whole.includes('?') ? '&' : '?'}rc_room_type=l&rc_rid=${encodeURIComponent(roomId)}&rc_token=${encodeURIComponent(token)}`
  }

  const fileOf = (attachment: Json, message: WireMessage, token: string): FilePart | undefined => {
    const kind = (['image', 'audio', 'video'] as const).find((kind) => text(attachment[`${kind}_url`])) ?? 'file'
    const given = text(attachment[`${kind}_url`]) || (attachment.type === 'file' ? text(attachment.title_link) : '')
    const url = given && addressOf(given, message.roomId, token)
    if (!url) return
    const size = object(attachment.image_dimensions)
    const stored = message.files.find((file) => text(file._id) && given.includes(text(file._id)))
    return {
      kind,
      name: text(attachment.title) || text(stored?.name) || '',
      url,
      type: text(attachment[`${kind}_type`]) || text(stored?.type) || undefined,
      sizeBytes: count(attachment[`${kind}_size`]) ?? count(attachment.size) ?? count(stored?.size),
      width: count(size.width),
      height: count(size.height),
      description: text(attachment.description) || undefined,
    }
  }

  const quoteOf = (attachment: Json): Quote | undefined => {
    if (attachment.type === 'file') return
    const said = [
      text(attachment.pretext),
      text(attachment.message_link) ? '' : text(attachment.title),
      text(attachment.text),
    ]
      .filter(Boolean)
      .join('\n')
    if (said) return { author: text(attachment.author_name), text: withoutQuoteLink(said) }
  }

  return (message: WireMessage, { token, visitorId, config }: Beholder): Message | undefined => {
    const { author, type, attachments } = message
    const own = message.token === token || (!!visitorId && author.id === visitorId)
    const hidden = !own && !author.bot && !!config?.agentHidden
    const person: Person = hidden
      ? { username: '', name: '', hidden }
      : {
          username: author.username,
          name: author.name,
          avatarUrl: own
            ? undefined
            : (author.avatar && addresses.absolute(author.avatar)) || addresses.avatar(author.username),
        }
    const base: Message = {
      id: message.id,
      at: message.at,
      from: own ? 'visitor' : author.bot ? 'bot' : 'agent',
      author: person,
      state: 'sent',
      text: '',
      body: [],
      files: [],
      quotes: [],
      edited: message.edited,
      deleted: false,
    }
    const note = noteOf(message, person.name)
    if (note) return config?.hiddenSystemMessages.includes(type!) ? undefined : { ...base, from: 'system', note }
    if (!spoken.has(type)) return
    if (type === 'rm' || attachments.some((attachment) => attachment.type === 'removed-file'))
      return { ...base, deleted: true }
    const files: FilePart[] = []
    const quotes: Quote[] = []
    for (const attachment of attachments) {
      const file = fileOf(attachment, message, token)
      if (file) files.push(file)
      else {
        const quote = quoteOf(attachment)
        if (quote) quotes.push(quote)
      }
    }
    const said = withoutQuoteLink(message.text)
    const body = bodyOf(message.text, message.md, addresses.absolute)
    if (said || body.length || files.length || quotes.length || message.blocks)
      return { ...base, text: said, body, files, quotes, blocks: message.blocks }
  }
}

export type Shape = ReturnType<typeof createShape>
