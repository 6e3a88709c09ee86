import { isObject, type Json } from '../../../wire/json'
import type { ChatConfig } from '../../../wire/config'
import type { WireMessage } from '../../../wire/messages'
import { asName, asText } from '../../../wire/coerce'
import type { Core } from '../../../visitor/contracts'
import type { Addresses } from '../../addresses'
import { agentName } from '../../agentName'
import type { FilePart, Message, Note, Paragraphs, Person, Quote } from '../../contracts'
import { textOnly } from '../../conversation'
import { createFileMapper } from './fileMapper'
import { hostsWords } from './hostsWords'

export interface MessageMapperParts {
  core: Pick<Core, 'server' | 'options' | 'report'>
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
  /** The name of the department that the visitor talks to. */
  department?: string
}

/** From a message as the server sends it to one to draw. Undefined: it is never drawn. */
export type MapMessage = (message: WireMessage, viewer: Viewer) => Message | undefined

/** `name` is empty where nobody is to be named; `shown` makes of an agent's name what may be shown of it. */
const noteOf = (
  { type, text: words, author, transfer, comment }: WireMessage,
  name: string,
  shown: (agent: string) => string,
): Note | undefined => {
  switch (type) {
    case 'livechat-started':
      return { kind: 'started' }
    case 'livechat-close':
      return { kind: 'closed', comment: words || undefined }
    case 'uj':
      return { kind: 'joined', name: name && shown(author.name || words) }
    case 'ul':
      return { kind: 'left', name: name && shown(author.name || words) }
    case 'livechat_transfer_history':
    case 'livechat_transfer_history_fallback':
      return {
        kind: 'transferred',
        to: name && (transfer?.toAgent ? shown(transfer.toAgent) : transfer?.toDepartment),
        from: name && transfer?.from && shown(transfer.from),
      }
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

const quoteOf = (
  attachment: Json,
  withoutQuoteLink: MessageMapperParts['withoutQuoteLink'],
  shown: (author: string) => string,
): Quote | undefined => {
  if (attachment.type === 'file') return
  const lines = [
    asText(attachment.pretext),
    asText(attachment.message_link) ? '' : asText(attachment.title),
    asText(attachment.text),
  ].filter(Boolean)
  if (lines.length) return { author: shown(asName(attachment.author_name)), text: withoutQuoteLink(lines.join('\n')) }
}

const isRemoved = ({ type, attachments }: WireMessage): boolean =>
  type === 'rm' || attachments.some((attachment) => attachment.type === 'removed-file')

export const createMessageMapper = ({ core, addresses, bodyOf, withoutQuoteLink }: MessageMapperParts): MapMessage => {
  const { server, options } = core
  const fileOf = createFileMapper(server, addresses)

  /** `shownName`: what the visitor may know of somebody else's name. */
  const authorOf = ({ author: { username, name, avatar } }: WireMessage, isOwn: boolean, shownName: string): Person => {
    if (isOwn) return { username, name }
    if (!shownName) return { username: '', name: '', hidden: true }
    const avatarUrl = (avatar && addresses.picture(avatar)) || addresses.avatar(username)
    return { username, name: shownName, avatarUrl }
  }

  /** Each attachment is a file or a quote; those that are neither are not drawn. */
  const filesAndQuotesOf = (
    message: WireMessage,
    token: string,
    shown: (author: string) => string,
  ): Pick<Message, 'files' | 'quotes'> => {
    const files: FilePart[] = []
    const quotes: Quote[] = []
    for (const attachment of message.attachments) {
      const file = fileOf(attachment, message, token)
      const quote = file ? undefined : quoteOf(attachment, withoutQuoteLink, shown)
      if (file) files.push(file)
      if (quote) quotes.push(quote)
    }
    return { files, quotes }
  }

  return (message, { token, visitorId, config, department }) => {
    const { author, type, blocks } = message
    const shown = (name: string) => agentName(name, options(), department)
    const isOwn = message.token === token || (!!visitorId && author.id === visitorId)
    const person = authorOf(message, isOwn, author.bot ? author.name : config?.agentHidden ? '' : shown(author.name))
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
    const note = noteOf(message, person.name, shown)
    if (note) return type && config?.hiddenSystemMessages.includes(type) ? undefined : { ...base, from: 'system', note }
    if (!writtenTypes.has(type)) return
    if (isRemoved(message)) return { ...base, deleted: true }
    const { files, quotes } = filesAndQuotesOf(message, token, shown)
    const words = withoutQuoteLink(message.text)
    const text = isOwn
      ? words
      : hostsWords(options(), { ...base, text: words }, author.bot ? 'bot' : 'agent', core.report)
    if (text === undefined) return
    const body =
      text === words
        ? bodyOf(message.text, message.md, addresses.absolute)
        : bodyOf(text, undefined, addresses.absolute)
    if (text || body.length || files.length || quotes.length || blocks)
      return {
        ...base,
        text,
        body,
        files,
        quotes,
        blocks: blocks?.map((block) => withPictures(block, addresses.absolute)),
      }
  }
}
