import { createRequire } from 'node:module'
import { WebSocket } from 'ws'
import { expect, test, type Server } from '../fixture.ts'

/** What this test uses of Rocket.Chat's own livechat client: nobody here wrote it. */
interface OfficialClient {
  token?: string
  connection: { connect(): Promise<boolean>; close(): void; on(event: string, listener: () => void): () => void }
  config(query: object): Promise<{ enabled: boolean }>
  grantVisitor(body: object): Promise<{ visitor: { username: string; token: string } }>
  room(query: object): Promise<{ _id: string }>
  subscribeRoom(rid: string): Promise<unknown>
  onMessage(listener: (message: Spoken) => void): () => void
  onUserActivity(listener: (username: string, doing: string[]) => void): () => void
  onAgentChange(rid: string, listener: (agent: { username: string } | undefined) => void): () => void
  onAgentStatusChange(rid: string, listener: (status: string) => void): () => void
  onRoomDeleteMessage(rid: string, listener: (message: { _id: string }) => void): () => void
  notifyVisitorActivity(rid: string, username: string, doing: string[]): Promise<unknown>
  sendMessage(body: object): Promise<{ message: Spoken }>
  loadMessages(rid: string, query: object): Promise<Spoken[]>
  agent(rid: string): Promise<{ username: string }>
  closeChat(body: object): Promise<{ comment: string }>
  chatSurvey(body: object): Promise<{ data: object }>
  sendVisitorNavigation(body: object): Promise<{ page?: { msg: string } }>
}

interface Spoken {
  _id: string
  msg: string
  t?: string
  ts: string | { $date: number }
}

// Node 20 has none; the client uses no more of it than both have.
globalThis.WebSocket ??= WebSocket as never
const { LivechatClientImpl } = createRequire(import.meta.url)('@rocket.chat/ddp-client') as {
  LivechatClientImpl: { create(url: string, retry?: object): OfficialClient }
}

const token = 'iNKE8a6k6cjbqWhWd'

async function begin(server: Server) {
  const client = LivechatClientImpl.create(server.origin.replace('http', 'ws'), { retryCount: 5, retryTime: 20 })
  await client.connection.connect()
  const { visitor } = await client.grantVisitor({ visitor: { token, name: 'Mende' } })
  const rid = (await client.room({}))._id
  const messages: Spoken[] = []
  const typing: [string, string[]][] = []
  const agents: (string | undefined)[] = []
  client.onMessage((message) => messages.push(message))
  client.onUserActivity((...activity) => typing.push(activity))
  client.onAgentChange(rid, (agent) => agents.push(agent?.username))
  await client.subscribeRoom(rid)
  await expect.poll(async () => (await server.ask('GET', 'sockets')).frames.filter(isSub).length).toBe(4)
  return { client, rid, visitor, messages, typing, agents }
}

const isSub = ({ frame }: { frame: { msg: string } }) => frame.msg === 'sub'
const words = (messages: Spoken[]) => messages.map(({ t, msg }) => (t ? `${t}: ${msg}` : msg))

test('the official livechat client holds a whole conversation', async ({ server }) => {
  const { client, rid, visitor, messages, typing, agents } = await begin(server)
  expect((await client.config({ token })).enabled).toBe(true)
  const page = { change: 'url', title: 'Shop', location: { href: 'https://shop.example/' } }
  expect((await client.sendVisitorNavigation({ token, rid, pageInfo: page })).page!.msg).toBe(
    'Shop - https://shop.example/',
  )

  const { message } = await client.sendMessage({ rid, msg: 'Xup?', _id: 'own-id' })
  expect(message._id).toBe('own-id')
  await server.agent({ does: 'take' })
  await server.agent({ does: 'type' })
  await server.agent({ does: 'say', text: 'Hello *you*' })
  await server.agent({ does: 'type', on: false })
  await expect.poll(() => words(messages)).toEqual(['Xup?', 'command: connected', 'uj: ana', 'Hello *you*'])
  expect(messages[0]!.ts).toEqual({ $date: expect.any(Number) })
  await expect
    .poll(() => typing)
    .toEqual([
      ['ana', ['user-typing']],
      ['ana', []],
    ])
  expect(agents).toEqual(['ana'])
  expect((await client.agent(rid)).username).toBe('ana')

  await client.notifyVisitorActivity(rid, visitor.username, ['user-typing'])
  await server.agent({ does: 'transfer', to: 'ben' })
  await expect.poll(() => agents).toEqual(['ana', 'ben'])
  const history = await client.loadMessages(rid, { limit: 3 })
  expect(words(history)).toEqual(['uj: ben', 'command: connected', 'ul: ana'])

  await server.agent({ does: 'close', comment: 'Bye' })
  await expect.poll(() => words(messages).at(-1)).toBe('livechat-close: Bye')
  expect((await client.chatSurvey({ rid, data: [{ name: 'satisfaction', value: '5' }] })).data).toEqual({
    satisfaction: '5',
  })
  const refused = client.closeChat({ rid }).catch((response: Response) => response.json())
  expect(await refused).toEqual({ success: false, error: 'room-closed' })
  client.connection.close()
})

test('the official livechat client comes back after a drop and hears on', async ({ server }) => {
  const { client, messages } = await begin(server)
  let dropped = 0
  client.connection.on('disconnected', () => dropped++)
  await server.faults({ socket: 'drop' })
  await expect.poll(() => dropped).toBe(1)
  await expect.poll(async () => (await server.ask('GET', 'sockets')).frames.filter(isSub).length).toBe(8)
  await server.agent({ does: 'say', text: 'still there?' })
  await expect.poll(() => words(messages)).toEqual(['still there?'])
  client.connection.close()
})
