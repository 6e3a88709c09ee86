import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { decodePart } from './incoming.ts'
import type { Answer } from './envelope.ts'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
}

const missing: Answer = { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'Not Found' }

/** A file below the folder, by its path as it stands in the address, or a 404; nothing outside of the folder. */
export async function serveFile(folder: string | undefined, encoded: string): Promise<Answer> {
  const path = decodePart(encoded)
  // Node throws on a name with a NUL in it.
  if (!folder || path === undefined || path.includes('\0')) return missing
  const file = join(folder, normalize(path))
  if (!file.startsWith(normalize(folder).replace(/[\\/]$/, '') + sep)) return missing
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return missing
  return {
    status: 200,
    headers: { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' },
    body: await readFile(file),
  }
}

const brotli = promisify(brotliCompress)
/** By content: the slowest and best brotli is made once. */
const packed = new Map<string, Promise<Buffer>>()

export interface Folders {
  /** Served under /cdn/. */
  staticFolder?: string | undefined
  /** Served under /livechat: the page, and its files, of a widget that lives in a frame on the server's own origin. */
  frameFolder?: string | undefined
  /** Files go out as a content network sends them: brotli, and kept by browsers for ten minutes. */
  compress?: boolean | undefined
}

/** Undefined when the path is none of a folder's. */
export function createFiles({ staticFolder, frameFolder, compress }: Folders) {
  async function read(folder: string | undefined, path: string, accepted: string): Promise<Answer> {
    const answer = await serveFile(folder, path)
    if (!compress || answer.status !== 200) return answer
    const headers: Record<string, string> = {
      ...answer.headers,
      'Cache-Control': 'max-age=600',
      Vary: 'Accept-Encoding',
    }
    if (!/^(text|application\/json|image\/svg)/.test(headers['Content-Type'] ?? '') || !/\bbr\b/.test(accepted))
      return { ...answer, headers }
    const plain = answer.body as Buffer
    const key = createHash('sha1').update(plain).digest('base64')
    const small = packed.get(key) ?? brotli(plain)
    packed.set(key, small)
    return { ...answer, headers: { ...headers, 'Content-Encoding': 'br' }, body: await small }
  }

  return (path: string, accepted = ''): Promise<Answer> | undefined => {
    if (path.startsWith('/cdn/')) return read(staticFolder, path.slice('/cdn/'.length), accepted)
    if (frameFolder && path === '/livechat') return read(frameFolder, 'index.html', accepted)
    if (frameFolder && path.startsWith('/livechat/'))
      return read(frameFolder, path.slice('/livechat/'.length), accepted)
    return undefined
  }
}
