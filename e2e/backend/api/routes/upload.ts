import { fail, failWith, forbidden, meteorFail, ok } from '../../http/envelope.ts'
import { putFile } from '../../office/messages/files.ts'
import { asAuthor, byVisitor } from '../../office/messages/messages.ts'
import { readMultipart } from '../../http/multipart.ts'
import { roomOf } from '../../office/rooms.ts'
import type { Call, Named, Route } from '../route.ts'

const megabytes = (bytes: number) => `${Math.round((bytes / 1_048_576) * 100) / 100} MB`

/** `image/*` takes every image; an empty list takes everything. */
const isAccepted = (types: string[], type: string) =>
  types.length === 0 || types.some((item) => (item.endsWith('/*') ? type.startsWith(item.slice(0, -1)) : item === type))

async function upload({ office, era, params, headers, raw }: Call & Named<'rid'>) {
  const { settings, upload, routing } = office.settings
  const token = String(headers['x-visitor-token'] ?? '')
  const visitor = office.store.visitorByToken(token)
  const room = visitor && roomOf(office, params.rid, token)
  if (!settings.fileUpload) return failWith({ reason: 'error-file-upload-disabled' })
  if (!visitor || !room?.open) return forbidden(era >= 9 ? 'forbidden' : 'unauthorized')

  const parts = (await readMultipart(headers['content-type'], raw)) ?? []
  const files = parts.filter(({ filename }) => filename !== undefined)
  const [file] = files
  if (!file) return era >= 9 ? fail('error-no-file-uploaded') : meteorFail('No file uploaded')
  if (file.name !== 'file') return meteorFail('invalid-field')
  if (files.length > 1) return fail('Just 1 file is allowed')
  if (!file.filename) return fail('Invalid file')
  if (!isAccepted(upload.types, file.type)) return failWith({ reason: 'error-type-not-allowed' })
  if (file.bytes.length > upload.maxBytes)
    return era < 6
      ? failWith({ reason: 'error-size-not-allowed', sizeAllowed: megabytes(upload.maxBytes) })
      : meteorFail('error-file-too-large')

  /** Only these two are taken from the form: a visitor chooses neither the message's id nor its author. */
  const field = (wanted: string) =>
    parts.find(({ name, filename }) => name === wanted && filename === undefined)?.bytes.toString('utf8') ?? ''
  room.waitingResponse = true
  const given = { name: file.filename, type: file.type, bytes: file.bytes }
  const message = putFile(office, room, asAuthor(visitor), given, {
    description: field('description'),
    msg: field('msg'),
    ...byVisitor(visitor),
  })
  return ok({ ...message, newRoom: false, showConnecting: routing === 'manual' })
}

export const uploadRoutes: Route[] = [{ method: 'POST', path: 'livechat/upload/:rid', oldRefusal: 'text', act: upload }]
