import { expect } from 'playwright/test'
import { demoAgent, secondAgent } from '../../e2e/backend/index.ts'
import { createAgent } from '../agent.ts'
import { agentOf, refusalOf, test, token, visitorWithRoom } from '../../e2e/desk/fixture.ts'

const dialects = ['v0', 'v6', 'current', 'v9'] as const
const titles = (list: { items: { title: string }[] }) => list.items.map(({ title }) => title)

for (const dialect of dialects) {
  test(`a ${dialect} server tells who the visitor is`, async ({ server }) => {
    await server.settings({ dialect, customFields: [{ _id: 'size', label: 'Size', type: 'input', required: false }] })
    const { visitorId } = await visitorWithRoom(server, 0)
    await server.post('custom.field', { token, key: 'size', value: 'M', overwrite: true })
    const info = await agentOf(server).visitorInfo(visitorId)
    expect(info).toMatchObject({
      id: visitorId,
      username: 'guest-1',
      name: 'Vera',
      emails: ['vera@shop.example'],
      phones: ['55 51 26'],
      customFields: { size: 'M' },
    })
    expect(info.token).toBe(dialect === 'v9' ? undefined : token)
    const same = await agentOf(server).visitor(token)
    expect({ ...same, token: undefined }).toEqual({ ...info, token: undefined })
  })

  test(`a ${dialect} server tells the pages of a room, newest first, whichever form it knows`, async ({ server }) => {
    await server.settings({ dialect })
    const { rid } = await visitorWithRoom(server, 5)
    const agent = agentOf(server)
    const all = await agent.pagesVisited(rid)
    expect(titles(all)).toEqual(['p5', 'p4', 'p3', 'p2', 'p1'])
    expect(all).toMatchObject({ offset: 0, total: 5, unreadable: 0 })
    expect(all.items[0]).toMatchObject({
      href: 'https://shop.example/p5',
      link: 'https://shop.example/p5',
      change: 'url',
      roomId: rid,
    })
    expect(titles(await agent.pagesVisited(rid, { offset: 1, count: 2, sort: { ts: 1 } }))).toEqual(['p2', 'p3'])
    const asked = (await server.ledger())
      .filter(({ path }) => path.includes('pagesVisited'))
      .map(({ path }) => path.split('/').at(-1))
    expect(asked).toEqual(dialect === 'v0' ? [rid, 'visitors.pagesVisited', 'visitors.pagesVisited'] : [rid, rid])
  })

  test(`a ${dialect} server tells the visitor’s conversations and what was said in them`, async ({ server }) => {
    await server.settings({ dialect })
    const { rid, visitorId } = await visitorWithRoom(server, 1)
    const agent = agentOf(server)
    const history = await agent.chatHistory({ roomId: rid, visitorId })
    expect(history.total).toBe(1)
    expect(history.items[0]).toMatchObject({ id: rid, name: 'Vera', open: true, visitor: { id: visitorId, token } })
    expect(history.items[0]!.openedAt).toBeGreaterThan(Date.parse('2020-01-01'))
    await server.agent({ does: 'take', rid })
    expect((await agent.rooms({ open: true })).items.map(({ id }) => id)).toEqual([rid])
    expect((await agent.rooms({ open: false })).items).toEqual([])

    await server.post('message', { token, rid, msg: 'Good morning' })
    await server.agent({ does: 'say', rid, text: 'Hello Vera' })
    await server.agent({ does: 'file', rid, name: 'note.txt', type: 'text/plain', text: 'hi' })
    await server.agent({ does: 'close', rid, comment: 'Done' })
    const said: string[] = []
    // The first servers skip nothing, whatever the offset: there it is one list, however often it is asked for.
    const count = dialect === 'v0' ? undefined : 3
    for await (const { items } of agent.messages({ roomId: rid, token, count }))
      said.push(
        ...items.map(({ from, text, type, files }) =>
          [from, type, text, ...files.map(({ name }) => name)].filter(Boolean).join(' '),
        ),
      )
    expect(said.reverse()).toEqual(
      expect.arrayContaining([
        'system livechat-started',
        'visitor Good morning',
        'agent Hello Vera',
        'agent note.txt',
        'system livechat-close Done',
      ]),
    )
    expect(new Set(said).size).toBe(said.length)
    const [file] = (await agent.messages({ roomId: rid, token })).items.flatMap(({ files }) => files)
    expect(file!.link).toMatch(new RegExp(`^${server.origin}/file-upload/.*note.txt`))
    const closed = (await agent.rooms({ open: false })).items[0]!
    expect(closed).toMatchObject({ id: rid, open: false, agent: { username: 'ana' } })
    expect(closed.closedAt).toBeGreaterThanOrEqual(closed.openedAt!)
  })
}

for (const dialect of ['v0', 'v6'] as const) {
  test(`a ${dialect} server gives a room to another visitor`, async ({ server }) => {
    await server.settings({ dialect })
    const { rid, visitorId } = await visitorWithRoom(server, 0)
    const other = await visitorWithRoom(server, 0, 'another-visitor')
    const room = await agentOf(server).updateRoomVisitor({
      rid,
      oldVisitorId: visitorId,
      newVisitorId: other.visitorId,
    })
    expect(room).toMatchObject({ id: rid, visitor: { id: other.visitorId, token: 'another-visitor' } })
  })
}

test('every list is read to its end, each entry once, while new ones arrive', async ({ server }) => {
  const { rid, visit } = await visitorWithRoom(server, 7)
  const seen: string[] = []
  for await (const list of agentOf(server).pagesVisited(rid, { count: 3 })) {
    seen.push(...titles(list))
    if (seen.length === 3) await visit('new')
  }
  expect(seen).toEqual(['p7', 'p6', 'p5', 'p4', 'p3', 'p2', 'p1'])
})

test('reading on waits where the limiter says so and goes on by itself', { tag: '@slow' }, async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 4)
  await server.settings({ limiter: true })
  await server.faults({ match: 'pagesVisited', limit: { calls: 2, windowMs: 1500 } })
  const seen: string[] = []
  for await (const list of agentOf(server).pagesVisited(rid, { count: 1 })) seen.push(...titles(list))
  expect(seen).toEqual(['p4', 'p3', 'p2', 'p1'])
  const statuses = (await server.ledger())
    .filter(({ path }) => path.includes('pagesVisited'))
    .map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(4)
  expect(statuses).toContain(429)
})

test('a first list that was limited does not keep the rest from being read', { tag: '@slow' }, async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 1)
  await server.settings({ limiter: true })
  await server.faults({ match: 'pagesVisited', limit: { calls: 1, windowMs: 1500 } })
  const agent = agentOf(server)
  await agent.pagesVisited(rid)
  const seen: string[] = []
  for await (const list of agent.pagesVisited(rid)) seen.push(...titles(list))
  expect(seen).toEqual(['p1'])
})

test('a message that was taken back is not told', async ({ server }) => {
  await server.settings({ showDeletedStatus: true })
  const { rid } = await visitorWithRoom(server, 0)
  await server.agent({ does: 'take', rid })
  const { message } = await server.agent({ does: 'say', rid, text: 'Oops' })
  const said = async () => (await agentOf(server).messages({ roomId: rid, token })).items.map(({ id }) => id)
  expect(await said()).toContain(message._id)
  await server.agent({ does: 'delete', rid, mid: message._id })
  expect(await said()).not.toContain(message._id)
})

test('an address that is not for the web is told as text and never as a link', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 0)
  await server.post('page.visited', {
    token,
    rid,
    pageInfo: { change: 'url', title: 'x', location: { href: 'javascript:alert(1)' } },
  })
  const { items } = await agentOf(server).pagesVisited(rid)
  expect(items[0]).toMatchObject({ href: 'javascript:alert(1)' })
  expect(items[0]!.link).toBeUndefined()
})

test('the server’s address may end in a slash or in /livechat', async ({ server }) => {
  const { visitorId } = await visitorWithRoom(server, 0)
  for (const end of ['/', '/livechat', '/livechat/']) {
    const agent = createAgent({ server: server.origin + end, userId: demoAgent._id, authToken: demoAgent.authToken })
    expect((await agent.visitorInfo(visitorId)).id).toBe(visitorId)
  }
})

test('an ordinary agent, who may not list all rooms, lists the own ones', async ({ server }) => {
  const { rid } = await visitorWithRoom(server, 0)
  const ben = createAgent({ server: server.origin, userId: secondAgent._id, authToken: secondAgent.authToken })
  expect((await ben.rooms()).items).toEqual([])
  await server.agent({ does: 'take', rid, username: 'ben' })
  expect((await ben.rooms({ open: true })).items.map(({ id }) => id)).toEqual([rid])
})

test('rooms that wait are asked for as queued, and refused in words to who may see only the own ones', async ({
  server,
}) => {
  const { rid } = await visitorWithRoom(server, 0)
  const ids = (list: { items: { id: string }[] }) => list.items.map(({ id }) => id)
  const agent = agentOf(server)
  expect([ids(await agent.rooms({ open: true })), ids(await agent.rooms({ queued: true }))]).toEqual([[], [rid]])
  const ben = agentOf(server, undefined, secondAgent)
  const refusal = await refusalOf(ben.rooms({ queued: true }))
  expect([refusal.code, refusal.message]).toEqual(['not-permitted', expect.stringContaining('view-livechat-rooms')])
  expect(ids(await ben.rooms())).toEqual([])
})

test('who was refused everybody’s rooms once asks for the own ones from then on', async ({ server }) => {
  await visitorWithRoom(server, 0)
  const ben = agentOf(server, undefined, secondAgent)
  for (let n = 0; n < 3; n++) await ben.rooms()
  const asked = (await server.ledger()).filter(({ path }) => path.endsWith('livechat/rooms'))
  expect(asked.map(({ status }) => status)).toEqual([403, 200, 200, 200])
})

test('a list of a server that skips nothing ends with the first page that brings nothing new', async ({ server }) => {
  await server.settings({ dialect: 'v0' })
  const { rid } = await visitorWithRoom(server, 0)
  await server.agent({ does: 'take', rid })
  for (const msg of ['one', 'two', 'three']) await server.post('message', { token, rid, msg })
  let pages = 0
  for await (const { items } of agentOf(server).messages({ roomId: rid, token, count: 2 }))
    pages += items.length ? 1 : 0
  expect(pages).toBe(1)
})
