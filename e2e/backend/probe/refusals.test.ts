import { expect, test } from '../fixture.ts'
import { knownRefusals } from './refusals.ts'
import { begin, token } from './socket.ts'

for (const { name, dialect, settings = {}, call, status, body } of knownRefusals)
  test(`${name}: the embedded server answers as the real one (${dialect})`, async ({ server }) => {
    const { rid } = await begin(server)
    await server.post('visitor', { visitor: { token: 'lonely' } })
    const { message } = (await server.post('message', { token, rid, msg: 'Hello' })).body
    await server.settings({ ...settings, dialect })
    const named = (text: string) => text.replaceAll('ROOM', rid).replaceAll('MESSAGE', message._id)
    const given = call.body === undefined ? undefined : JSON.parse(named(JSON.stringify(call.body)))
    const answer = await server.call(call.method, named(call.path), given)
    expect([answer.status, answer.body]).toEqual([status, body])
  })
