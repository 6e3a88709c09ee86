import { imageSize } from 'image-size'
import { createId } from '../store/ids.ts'
import { createMessage, putInRoom, readText } from './messages.ts'
import type { Message, Office, Person, Room, StoredFile } from '../contracts.ts'

export interface GivenFile {
  name: string
  type: string
  bytes: Buffer
}

/** Undefined when it is no picture that can be read, whatever its type says. */
function dimensionsOf(bytes: Buffer) {
  try {
    const { width, height } = imageSize(bytes)
    return { width, height }
  } catch {
    return undefined
  }
}

/** The keys an attachment of this kind has beside its title. */
function media({ type, size, bytes }: GivenFile & { size: number }, path: string) {
  const [kind = ''] = type.split('/')
  if (!['image', 'audio', 'video'].includes(kind)) return {}
  const dimensions = kind === 'image' ? dimensionsOf(bytes) : undefined
  return {
    [`${kind}_url`]: path,
    [`${kind}_type`]: type,
    [`${kind}_size`]: size,
    ...(dimensions ? { image_dimensions: dimensions } : {}),
  }
}

/** Keeps a file and says it in the room. */
export function putFile(
  office: Office,
  room: Room,
  by: Person,
  given: GivenFile,
  fields: Partial<Message> & { description?: string },
) {
  const { name, type, bytes } = given
  const size = bytes.length
  const file: StoredFile = { _id: createId(), rid: room._id, name, type, size, base64: bytes.toString('base64') }
  office.store.putFile(file)
  const path = `/file-upload/${file._id}/${encodeURIComponent(name)}`
  const { description = '', msg = '', ...others } = fields
  const short = { _id: file._id, name, type }
  return putInRoom(
    office,
    room,
    createMessage(office, room._id, by, {
      ...readText(office, msg),
      groupable: false,
      file: short,
      files: [short],
      attachments: [
        {
          title: name,
          type: 'file',
          description,
          title_link: path,
          title_link_download: true,
          ...media({ ...given, size }, path),
        },
      ],
      ...others,
    }),
  )
}
