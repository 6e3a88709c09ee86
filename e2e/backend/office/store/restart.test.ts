import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, openServer, test } from '../../fixture.ts'

test('what was stored, set and written down is there after a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'backend-'))
  const first = await openServer({ dataFolder })
  await first.settings({ 'theme.title': 'Kept' })
  await first.post('visitor', { visitor: { token: 'T' } })
  const { room } = (await first.get('room?token=T')).body
  await first.post('page.visited', {
    token: 'T',
    rid: room._id,
    pageInfo: { change: 'url', title: '', location: { href: 'x' } },
  })
  const before = { visits: await first.visits(), ledger: await first.ledger() }
  await first.stop()
  const second = await openServer({ dataFolder })
  expect({ visits: await second.visits(), ledger: await second.ledger() }).toEqual(before)
  expect((await second.get('config?token=T')).body.config).toMatchObject({
    theme: { title: 'Kept' },
    room: { _id: room._id },
  })
  expect((await second.post('visitor', { visitor: { token: 'U' } })).body.visitor.username).toBe('guest-2')
  await second.ask('POST', 'reset')
  await second.stop()
  const third = await openServer({ dataFolder })
  expect(await third.visits()).toEqual([])
  expect(await third.ledger()).toEqual([])
  await third.stop()
  await rm(dataFolder, { recursive: true })
})
