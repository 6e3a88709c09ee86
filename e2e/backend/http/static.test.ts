import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, openServer, test } from '../fixture.ts'
import { createBackend } from '../index.ts'

/** As it comes: `fetch` would unpack it. */
const get = (url: string, accepted: string) =>
  new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': accepted } }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) })
    })
      .on('error', reject)
      .end()
  })

test('a widget in a frame lies under /livechat, its page at the folder itself, packed for who takes it', async () => {
  const frameFolder = mkdtempSync(join(tmpdir(), 'frame-'))
  writeFileSync(join(frameFolder, 'index.html'), '<p>the page</p>')
  writeFileSync(join(frameFolder, 'app.js'), 'let a = 1')
  const packs = await createBackend({ frameFolder, compress: true })
  const plain = await createBackend({ frameFolder })
  try {
    const packed = await get(`${packs.origin}/livechat`, 'gzip, br')
    expect(packed.encoding).toBe('br')
    expect(`${brotliDecompressSync(packed.body)}`).toBe('<p>the page</p>')
    for (const [origin, accepted] of [
      [packs.origin, 'gzip'],
      [plain.origin, 'br'],
    ] as const) {
      const { encoding, body } = await get(`${origin}/livechat/app.js`, accepted)
      expect(encoding).toBeUndefined()
      expect(`${body}`).toBe('let a = 1')
    }
    expect((await fetch(`${plain.origin}/livechat/none.js`)).status).toBe(404)
    expect((await fetch(`${plain.origin}/livechat/app.js`)).headers.get('access-control-allow-origin')).toBeNull()
  } finally {
    await Promise.all([packs.stop(), plain.stop()])
    rmSync(frameFolder, { recursive: true })
  }
})

test('files under /cdn/ are typed, open to every origin, deaf on demand, and nothing above them is served', async () => {
  const staticFolder = await mkdtemp(join(tmpdir(), 'cdn-'))
  await writeFile(join(staticFolder, 'tagalong.js'), 'void 0')
  const server = await openServer({ staticFolder })
  const file = await server.get('/cdn/tagalong.js')
  expect([file.status, file.text]).toEqual([200, 'void 0'])
  expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(file.headers.get('access-control-allow-origin')).toBe('*')
  await server.settings({ cdn: 'no-cors' })
  const deaf = await server.get('/cdn/tagalong.js')
  expect(deaf.text).toBe('void 0')
  expect(deaf.headers.get('access-control-allow-origin')).toBeNull()
  expect((await server.get('/cdn/%2e%2e%2f%2e%2e%2fetc%2fpasswd')).status).toBe(404)
  expect((await server.get('/cdn/missing.js')).status).toBe(404)
  await server.stop()
  await rm(staticFolder, { recursive: true })
})
