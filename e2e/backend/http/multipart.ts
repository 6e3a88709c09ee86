/** Forms with files, read by the library that Rocket.Chat itself reads them with, set up as there. */
import busboy from 'busboy'
import { buffer } from 'node:stream/consumers'

export interface Part {
  name: string
  /** Files alone have one. */
  filename?: string
  type: string
  bytes: Buffer
}

const readForm = (contentType: string, raw: Buffer) =>
  new Promise<Part[]>((resolve, reject) => {
    const parts: (Part | Promise<Part>)[] = []
    const form = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' })
    form.on('field', (name, value, { mimeType }) => parts.push({ name, type: mimeType, bytes: Buffer.from(value) }))
    form.on('file', (name, content, { filename, mimeType }) => {
      const part = buffer(content).then((bytes) => ({ name, filename, type: mimeType, bytes }))
      part.catch(reject)
      parts.push(part)
    })
    form.on('close', () => resolve(Promise.all(parts)))
    form.on('error', reject)
    form.end(raw)
  })

/** The parts of a multipart/form-data body; undefined when it is none, has no boundary or ends too early. */
export async function readMultipart(contentType: string | undefined, raw: Buffer): Promise<Part[] | undefined> {
  if (!contentType?.startsWith('multipart/form-data')) return undefined
  return readForm(contentType, raw).catch(() => undefined)
}
