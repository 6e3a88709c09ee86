import { agents } from '../office/agents.ts'
import type { Answer } from '../http/envelope.ts'
import type { Office, StoredFile } from '../office/contracts.ts'
import { eraOf } from '../office/store/settings.ts'

const missing: Answer = { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'Not Found' }

const cookieOf = (cookies: string, name: string) => new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(cookies)?.[1]

/**
 * A protected file is given to whoever names the room and holds its token. Whatever cookies come along win over the query, unless it
 * names a user.
 */
function mayFetch(office: Office, file: StoredFile, query: URLSearchParams, cookies: string): boolean {
  if (!office.settings.upload.protect || query.get('token') === file._id) return true
  const byCookies = cookies !== '' && !query.get('rc_uid')
  const given = (name: string) => (byCookies ? cookieOf(cookies, name) : query.get(name))
  const room = office.store.room(file.rid)
  return given('rc_room_type') === 'l' && given('rc_rid') === file.rid && given('rc_token') === room?.v.token
}

function uploaded(office: Office, path: string, query: URLSearchParams, cookies: string): Answer {
  const [id = ''] = path.split('/')
  const file = office.store.file(id)
  if (!file) return missing
  if (!mayFetch(office, file, query, cookies))
    return { status: 403, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'Forbidden' }
  const shown = /^(image|audio|video)\//.test(file.type) && file.type !== 'image/svg+xml' && !query.has('download')
  return {
    status: 200,
    headers: {
      'Content-Type': file.type,
      'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Content-Security-Policy': "default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
    body: Buffer.from(file.base64, 'base64'),
  }
}

const hues = ['#7A4E2D', '#2D5C7A', '#5A2D7A', '#2D7A52', '#7A2D4A']

/** An initial on a colour, the same for the same name. */
function avatar(username: string): Answer {
  const known = agents.find((agent) => agent.username === username)
  const letter = (known?.name ?? username)
    .slice(0, 1)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/u, '?')
  const hue = hues[[...username].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % hues.length]
  return {
    status: 200,
    headers: { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': 'max-age=3600' },
    body:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="${hue}"/>` +
      `<text x="100" y="138" font-family="sans-serif" font-size="110" fill="#fff" text-anchor="middle">${letter}</text></svg>`,
  }
}

const rate = 8000

/** Two short falling tones as a WAV file. */
function chime(): Answer {
  const samples = rate * 0.4
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(rate, 24)
  wav.writeUInt32LE(rate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(samples * 2, 40)
  for (let at = 0; at < samples; at++) {
    const isFirst = at < samples / 2
    const since = isFirst ? at : at - samples / 2
    const tone = Math.sin((2 * Math.PI * (isFirst ? 880 : 660) * at) / rate) * Math.exp((-6 * since) / (samples / 2))
    wav.writeInt16LE(Math.round(tone * 12_000), 44 + at * 2)
  }
  return { status: 200, headers: { 'Content-Type': 'audio/wav', 'Cache-Control': 'max-age=3600' }, body: wav }
}

/** Files beside the API: uploads, faces, the sound. Undefined when the path is none of them. */
export function serveAsset(office: Office, url: string, cookies: string): Answer | undefined {
  const { pathname, searchParams } = new URL(url, 'http://livechat')
  const rest = (prefix: string) =>
    pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : undefined
  const file = rest('/file-upload/') ?? (eraOf(office.settings) < 9 ? rest('/ufs/GridFS:Uploads/') : undefined)
  if (file !== undefined) return uploaded(office, file, searchParams, cookies)
  const face = rest('/avatar/')
  if (face !== undefined) return avatar(face)
  return pathname === '/sounds/chime.wav' ? chime() : undefined
}
