import type { Json } from '../../../wire/json'
import type { WireMessage } from '../../../wire/messages'
import { asNumber, asObject, asText } from '../../../wire/coerce'
import type { Addresses } from '../../addresses'
import type { FilePart } from '../../contracts'

/** Makes a file to show of an attachment of a message; undefined where it is none. `token` is the visitor's. */
export const createFileMapper = (server: string, addresses: Addresses) => {
  /**
   * Files on the server may be protected: then they are shown only to an address that carries the visitor's token. On a site that shares its
   * cookies with the server, any cookie would win over the address, unless the address names a user: which one does not matter.
   */
  const fileAddress = (href: string, roomId: string, token: string): string | undefined => {
    const url = addresses.absolute(href)
    if (!url?.startsWith(`${server}/file-upload/`) || /[?&]token=/.test(url)) return url
    return `${url}${url.includes('?') ? '&' : '?'}rc_room_type=l&rc_rid=${encodeURIComponent(roomId)}&rc_token=${encodeURIComponent(token)}&rc_uid=visitor`
  }

  return (attachment: Json, message: WireMessage, token: string): FilePart | undefined => {
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
}
