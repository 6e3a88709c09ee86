import { readMultipart } from './multipart.ts'

/** Undefined when it cannot be read: a percent sign that encodes nothing. */
export function readQuery(url: string): Record<string, string | string[]> | undefined {
  const text = url.split('?').slice(1).join('?')
  const query: Record<string, string | string[]> = {}
  for (const pair of text.split('&').filter(Boolean)) {
    const [key, ...rest] = pair.split('=')
    try {
      const name = decodeURIComponent(key!.replaceAll('+', ' '))
      const value = decodeURIComponent(rest.join('=').replaceAll('+', ' '))
      const before = query[name]
      query[name] = before === undefined ? value : [before, value].flat()
    } catch {
      return undefined
    }
  }
  return query
}

/** Undefined when it is no JSON. */
export function readJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
}

/** JSON and forms, of a form's file its name, type and size; any other type, and what does not parse, is an empty body. */
export async function readBody(contentType: string | undefined, raw: Buffer): Promise<unknown> {
  if (raw.length === 0) return undefined
  if (contentType?.startsWith('application/json')) return readJson(raw)
  if (contentType?.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(raw.toString('utf8')))
  const parts = await readMultipart(contentType, raw)
  if (parts)
    return Object.fromEntries(
      parts.map(({ name, filename, type, bytes }) => [
        name,
        filename === undefined ? bytes.toString('utf8') : { filename, type, size: bytes.length },
      ]),
    )
  return undefined
}
