import { demoAgent, secondAgent, type User } from '../index.ts'
import { expect, test } from '../fixture.ts'
import { begin } from '../probe/socket.ts'

const as = ({ _id, authToken }: User) => ({ 'X-User-Id': _id, 'X-Auth-Token': authToken })
const own = `agents%5B%5D=${secondAgent._id}`

test('an ordinary agent lists the own rooms only, and must say so', async ({ server }) => {
  const { rid } = await begin(server)
  const list = (query: string) => server.get(`rooms?${query}`, as(secondAgent))
  for (const query of ['', 'open=true', `agents%5B%5D=${demoAgent._id}`, `${own}&agents%5B%5D=${demoAgent._id}`]) {
    const { status, body } = await list(query)
    expect([status, body]).toEqual([403, { success: false, error: 'unauthorized' }])
  }
  expect((await list(own)).body).toMatchObject({ rooms: [], total: 0 })
  await server.agent({ does: 'take', username: 'ben' })
  expect((await list(own)).body).toMatchObject({ rooms: [{ _id: rid }], total: 1, success: true })
})

test('open rooms are those that are served; who waits is asked for as queued', async ({ server }) => {
  const { rid } = await begin(server)
  const list = async (query: string) =>
    (await server.get(`rooms?${query}`, as(demoAgent))).body.rooms.map(({ _id }: { _id: string }) => _id)
  expect([await list(''), await list('open=true'), await list('queued=true')]).toEqual([[rid], [], [rid]])
  await server.agent({ does: 'take' })
  expect([await list('open=true'), await list('queued=true'), await list('open=false')]).toEqual([[rid], [], []])
  await server.agent({ does: 'close' })
  expect([await list('open=true'), await list('open=false')]).toEqual([[], [rid]])
})
