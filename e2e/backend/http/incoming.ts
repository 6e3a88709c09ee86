import type { IncomingMessage } from 'node:http'
import { readJsonText } from './bounds.ts'
import { readMultipart } from './multipart.ts'

/** Node leaves the address open, because its type serves answers too; a request has one. */
export const urlOf = ({ url }: Pick<IncomingMessage, 'url'>): string => url ?? '/'

/** The address without its query. */
export const pathOf = (request: Pick<IncomingMessage, 'url'>): string => urlOf(request).replace(/\?.*/, '')

/** Undefined when it cannot be read: a percent sign that encodes nothing. */
export function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** A name that ends in `[]` is a list. Undefined when it cannot be read: a percent sign that encodes nothing. */
export function readQuery(url: string): Record<string, string | string[]> | undefined {
  const text = url.split('?').slice(1).join('?')
  // Without a prototype: a parameter may be called `__proto__`.
  const query = Object.create(null) as Record<string, string | string[]>
  for (const pair of text.split('&').filter(Boolean)) {
    const [key = '', ...rest] = pair.split('=')
    const full = decodePart(key.replaceAll('+', ' '))
    const value = decodePart(rest.join('=').replaceAll('+', ' '))
    if (full === undefined || value === undefined) return undefined
    const name = full.replace(/\[\]$/, '')
    const before = query[name]
    query[name] = before === undefined && name === full ? value : [before ?? [], value].flat()
  }
  return query
}

/** Undefined when it is no JSON. */
export const readJson = (raw: Buffer): unknown => readJsonText(raw.toString('utf8'))

/** How a router compares a request's type: from 8 on the name may stand anywhere in the header, in a parameter too. */
const isOfType = (contentType: string, wanted: string, era: number) =>
  era < 8 ? contentType.replace(/;.*/, '').trim() === wanted : contentType.includes(wanted)

/** JSON and forms, of a form's file its name, type and size; any other type, and what does not parse, is an empty body. */
export async function readBody(contentType = '', raw: Buffer, era: number): Promise<unknown> {
  if (raw.length === 0) return undefined
  if (isOfType(contentType, 'application/json', era)) return readJson(raw)
  if (isOfType(contentType, 'application/x-www-form-urlencoded', era))
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
