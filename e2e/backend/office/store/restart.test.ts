import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, openServer, test } from '../../fixture.ts'

test('what was stored, set and written down is there after a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'backend-'))
  const first = await openServer({ dataFolder })
  await first.settings({ 'theme.title': 'Kept' })
  await first.post('visitor', { visitor: { token: 'T' } })
  const { room } = (await first.get('room?token=T')).body
  await first.post('page.visited', { token: 'T', rid: room._id, pageInfo: { change: 'url', title: '', location: { href: 'x' } } })
  const before = { visits: await first.visits(), ledger: await first.ledger() }
  await first.stop()
  const second = await openServer({ dataFolder })
  expect({ visits: await second.visits(), ledger: await second.ledger() }).toEqual(before)
  expect((await second.get('config?token=T')).body.config).toMatchObject({ theme: { title: 'Kept' }, room: { _id: room._id } })
  expect((await second.post('visitor', { visitor: { token: 'U' } })).body.visitor.username).toBe('guest-2')
  await second.ask('POST', 'reset')
  await second.stop()
  const third = await openServer({ dataFolder })
  expect(await third.visits()).toEqual([])
  expect(await third.ledger()).toEqual([])
  await third.stop()
  await rm(dataFolder, { recursive: true })
})

test('files under /cdn/ are typed, open to every origin, deaf on demand, and nothing above them is served', async () => {
  const staticFolder = await mkdtemp(join(tmpdir(), 'cdn-'))
  await writeFile(join(staticFolder, 'tagalong.js'), 'void 0')
  const server = await openServer({ staticFolder })
  const file = await server.get('/cdn/tagalong.js')
  expect([file.status, file.text]).toEqual([200, 'void 0'])
  expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(file.headers.get('access-control-allow-origin')).toBe('*')
  await server.settings({ cdn: 'deaf' })
  const deaf = await server.get('/cdn/tagalong.js')
  expect(deaf.text).toBe('void 0')
  expect(deaf.headers.get('access-control-allow-origin')).toBeNull()
  expect((await server.get('/cdn/%2e%2e%2f%2e%2e%2fetc%2fpasswd')).status).toBe(404)
  expect((await server.get('/cdn/missing.js')).status).toBe(404)
  await server.stop()
  await rm(staticFolder, { recursive: true })
})
