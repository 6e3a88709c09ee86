export interface Part {
  name: string
  filename?: string
  type: string
  bytes: Buffer
}

/** The parts of a multipart/form-data body; undefined when it is none. */
export function readMultipart(contentType: string | undefined, raw: Buffer): Part[] | undefined {
  const boundary = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType ?? '')
  if (!boundary) return undefined
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]!.trim()}`)
  const parts: Part[] = []
  let at = raw.indexOf(mark)
  while (at >= 0) {
    const from = at + mark.length + 2
    const end = raw.indexOf(mark, from)
    if (end < 0) break
    const gap = raw.indexOf('\r\n\r\n', from)
    const part = gap > 0 && gap < end ? readPart(raw.toString('utf8', from, gap), raw.subarray(gap + 4, end - 2)) : undefined
    if (part) parts.push(part)
    at = end
  }
  return parts
}

function readPart(head: string, bytes: Buffer): Part | undefined {
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1]
  if (name === undefined) return undefined
  const filename = /filename="([^"]*)"/i.exec(head)?.[1]
  const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1]?.trim() ?? 'text/plain'
  return { name, ...(filename === undefined ? {} : { filename }), type, bytes }
}
