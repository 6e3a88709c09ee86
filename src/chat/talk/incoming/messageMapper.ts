import { isObject, type Json } from '../../../wire/json'
import type { ChatConfig } from '../../../wire/config'
import type { WireMessage } from '../../../wire/messages'
import { asName, asNumber, asObject, asText } from '../../../wire/coerce'
import type { Addresses } from '../../addresses'
import type { FilePart, Message, Note, Paragraphs, Person, Quote } from '../../contracts'
import { textOnly } from '../../conversation'

export interface MessageMapperParts {
  server: string
  addresses: Addresses
  bodyOf(text: string, md: unknown[] | undefined, toSafeLink: Addresses['absolute']): Paragraphs[]
  /** Removes the link that the server puts before the text of a message that quotes another. */
  withoutQuoteLink(text: string): string
}

/** Blocks with whole addresses for their pictures: a relative one would be asked of the page's own host. Bounded in depth by `readJson`. */
const withPictures = (node: unknown, absolute: Addresses['absolute']): unknown => {
  if (Array.isArray(node)) return node.map((item) => withPictures(item, absolute))
  if (!isObject(node)) return node
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      name === 'imageUrl' ? absolute(asText(value)) : withPictures(value, absolute),
    ]),
  )
}

/** Whose eyes the message is for. */
export interface Viewer {
  token: string
  visitorId?: string
  config?: ChatConfig
}

/** From a message as the server sends it to one to draw. Undefined: it is never drawn. */
export type MapMessage = (message: WireMessage, viewer: Viewer) => Message | undefined

const noteOf = ({ type, text: words, author, transfer, comment }: WireMessage, name: string): Note | undefined => {
  switch (type) {
    case 'livechat-started':
      return { kind: 'started' }
    case 'livechat-close':
      return { kind: 'closed', comment: words || undefined }
    case 'uj':
      return { kind: 'joined', name: name && (author.name || words) }
    case 'ul':
      return { kind: 'left', name: name && (author.name || words) }
    case 'livechat_transfer_history':
    case 'livechat_transfer_history_fallback':
      return { kind: 'transferred', to: name && transfer?.to, from: name && transfer?.from }
    case 'livechat_video_call':
    case 'livechat_webrtc_video_call':
      return { kind: 'call' }
    case 'omnichannel_placed_chat_on_hold':
      return { kind: 'hold', comment: comment ?? (words || undefined) }
    case 'omnichannel_on_hold_chat_resumed':
      return { kind: 'resumed', comment: comment ?? (words || undefined) }
  }
}

/** The types (`t`) of messages that somebody has written, as opposed to those the server writes about the conversation. */
const writtenTypes = new Set([undefined, 'rm', 'videoconf'])

const quoteOf = (attachment: Json, withoutQuoteLink: MessageMapperParts['withoutQuoteLink']): Quote | undefined => {
  if (attachment.type === 'file') return
  const lines = [
    asText(attachment.pretext),
    asText(attachment.message_link) ? '' : asText(attachment.title),
    asText(attachment.text),
  ].filter(Boolean)
  if (lines.length) return { author: asName(attachment.author_name), text: withoutQuoteLink(lines.join('\n')) }
}

const isRemoved = ({ type, attachments }: WireMessage): boolean =>
  type === 'rm' || attachments.some((attachment) => attachment.type === 'removed-file')

export const createMessageMapper = ({
  server,
  addresses,
  bodyOf,
  withoutQuoteLink,
}: MessageMapperParts): MapMessage => {
  /**
   * Files on the server may be protected: then they are shown only to an address that carries the visitor's token. On a site that shares its
   * cookies with the server, any cookie would win over the address, unless the address names a user: which one does not matter.
   */
  const fileAddress = (href: string, roomId: string, token: string): string | undefined => {
    const url = addresses.absolute(href)
    if (!url?.startsWith(`${server}/file-upload/`) || /[?&]token=/.test(url)) return url
    return `${url}${url.includes('?') ? '&' : '?'}rc_room_type=l&rc_rid=${encodeURIComponent(roomId)}&rc_token=${encodeURIComponent(token)}&rc_uid=visitor`
  }

  const fileOf = (attachment: Json, message: WireMessage, token: string): FilePart | undefined => {
    const kind = (['image', 'audio', 'video'] as const).find((medium) => asText(attachment[`${medium}_url`])) ?? 'file'
    const href = asText(attachment[`${kind}_url`]) || (attachment.type === 'file' ? asText(attachment.title_link) : '')
    const url = href && fileAddress(href, message.roomId, token)
    if (!url) return
    const dimensions = asObject(attachment.image_dimensions)
    const stored = message.files.find((file) => asText(file._id) && href.includes(asText(file._id)))
    return {
      kind,
      name: asText(attachment.title) || asText(stored?.name) || '',
      url,
      type: asText(attachment[`${kind}_type`]) || asText(stored?.type) || undefined,
      sizeBytes: asNumber(attachment[`${kind}_size`]) ?? asNumber(attachment.size) ?? asNumber(stored?.size),
      width: asNumber(dimensions.width),
      height: asNumber(dimensions.height),
      description: asText(attachment.description) || undefined,
    }
  }

  const authorOf = ({ author }: WireMessage, isOwn: boolean, isHidden: boolean): Person => {
    if (isHidden) return { username: '', name: '', hidden: true }
    const { username, name, avatar } = author
    if (isOwn) return { username, name }
    return { username, name, avatarUrl: (avatar && addresses.picture(avatar)) || addresses.avatar(username) }
  }

  /** Each attachment is a file or a quote; those that are neither are not drawn. */
  const filesAndQuotesOf = (message: WireMessage, token: string): Pick<Message, 'files' | 'quotes'> => {
    const files: FilePart[] = []
    const quotes: Quote[] = []
    for (const attachment of message.attachments) {
      const file = fileOf(attachment, message, token)
      const quote = file ? undefined : quoteOf(attachment, withoutQuoteLink)
      if (file) files.push(file)
      if (quote) quotes.push(quote)
    }
    return { files, quotes }
  }

  return (message, { token, visitorId, config }) => {
    const { author, type, blocks } = message
    const isOwn = message.token === token || (!!visitorId && author.id === visitorId)
    const person = authorOf(message, isOwn, !isOwn && !author.bot && !!config?.agentHidden)
    const base: Message = {
      ...textOnly,
      id: message.id,
      at: message.at,
      from: isOwn ? 'visitor' : author.bot ? 'bot' : 'agent',
      author: person,
      text: '',
      body: [],
      edited: message.edited,
    }
    const note = noteOf(message, person.name)
    if (note) return type && config?.hiddenSystemMessages.includes(type) ? undefined : { ...base, from: 'system', note }
    if (!writtenTypes.has(type)) return
    if (isRemoved(message)) return { ...base, deleted: true }
    const { files, quotes } = filesAndQuotesOf(message, token)
    const words = withoutQuoteLink(message.text)
    const body = bodyOf(message.text, message.md, addresses.absolute)
    if (words || body.length || files.length || quotes.length || blocks)
      return {
        ...base,
        text: words,
        body,
        files,
        quotes,
        blocks: blocks?.map((block) => withPictures(block, addresses.absolute)),
      }
  }
}
