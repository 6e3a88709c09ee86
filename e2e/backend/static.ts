import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
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

/** A file below the folder, or a 404; nothing outside of it. */
export async function serveFile(folder: string, path: string): Promise<Answer> {
  const missing: Answer = { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'Not Found' }
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
