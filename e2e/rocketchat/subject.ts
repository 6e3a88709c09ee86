import { setTimeout as wait } from 'node:timers/promises'
import { createBackend, demoAgent } from '../backend/index.ts'
import { createServer } from '../stage/server.ts'
import { createCalls, type Calls } from './calls.ts'

/** Whoever answers visitors. */
export interface Agent {
  username: string
  /** Of a caller who is logged in. */
  login: Record<string, string>
  say(rid: string, text: string): Promise<void>
  close(rid: string): Promise<void>
}

/** The livechat server that is looked at. */
export interface Subject extends Calls {
  origin: string
  /** The server in a report, with the version it tells. */
  name: string
  /** Undefined where nobody could log in; then this says why. */
  agent?: Agent
  withoutAgent: string
  /** Whether the limiter counts from now on. A real server's always does, as far as it is on. */
  limit(isOn: boolean): Promise<void>
  /** Until the limiter has forgotten all calls: a minute, where the server is a real one. */
  rest(): Promise<void>
  stop(): Promise<void>
}

/** What the server says of itself; those of 0.6x have it in `info`. */
const toldVersion = async (server: string): Promise<string> => {
  const body = (await (await fetch(`${server}/api/info`)).json()) as { version?: string; info?: { version?: string } }
  return `which says it is Rocket.Chat ${body.version ?? body.info?.version ?? 'of no version'}`
}

/** A fresh embedded server, set up as Rocket.Chat is installed. */
const openEmbedded = async (): Promise<Subject> => {
  const server = createServer(await createBackend())
  await server.settings({ cors: 'off', routing: 'auto', limiter: false })
  return {
    ...createCalls(server.origin),
    origin: server.origin,
    name: `The embedded server, ${await toldVersion(server.origin)}`,
    withoutAgent: '',
    agent: {
      username: demoAgent.username,
      login: { 'X-User-Id': demoAgent._id, 'X-Auth-Token': demoAgent.authToken },
      say: (rid, text) => server.agent({ does: 'say', rid, text }),
      close: (rid) => server.agent({ does: 'close', rid }),
    },
    limit: (isOn) => server.settings({ limiter: isOn }),
    rest: async () => undefined,
    stop: server.stop,
  }
}

/** Logs in by name and password: unless told, those of the agent in compose.yaml. */
const logIn = async ({ call }: Calls): Promise<Agent | string> => {
  const { TAGALONG_AGENT: user = 'agent', TAGALONG_AGENT_PASSWORD: password = 'tagalong' } = process.env
  const { body, status } = await call('POST', 'login', { body: { user, password } })
  if (!body.data?.authToken)
    return `Nobody could log in as “${user}” (${status}): set TAGALONG_AGENT and TAGALONG_AGENT_PASSWORD to those of an agent.`
  const login = { 'X-User-Id': body.data.userId, 'X-Auth-Token': body.data.authToken }
  const act = async (path: string, given: object) => {
    const { answer, text } = await call('POST', path, { body: given, headers: login })
    if (answer.kind !== 'ok') throw new Error(`The agent cannot ${path}: ${text}`)
  }
  return {
    username: body.data.me?.username ?? user,
    login,
    say: (rid, msg) => act('chat.sendMessage', { message: { rid, msg } }),
    close: (rid) => act('livechat/room.closeByUser', { rid, comment: 'Closed by a test.' }),
  }
}

const limiterWindowMs = 60_000

const openReal = async (origin: string): Promise<Subject> => {
  const calls = createCalls(origin)
  const agent = await logIn(calls)
  return {
    ...calls,
    origin,
    name: `The server at ${origin}, ${await toldVersion(origin)}`,
    ...(typeof agent === 'string' ? { withoutAgent: agent } : { withoutAgent: '', agent }),
    limit: async () => undefined,
    rest: () => wait(limiterWindowMs),
    stop: async () => undefined,
  }
}

/** The server that is to be looked at, if one is named. */
const givenServer = (): string | undefined => process.env.TAGALONG_SERVER?.replace(/\/+$/, '')

/** Before any test: a server that is named must answer. */
export const needServer = async (): Promise<void> => {
  const server = givenServer()
  if (!server) return
  await toldVersion(server).catch((error: Error) => {
    const why = error.cause instanceof Error ? error.cause.message : error.message
    throw new Error(
      `TAGALONG_SERVER is ${server}, and ${server}/api/info does not answer as Rocket.Chat does (${why}): start the server, or mend the address.`,
    )
  })
}

/** The server that TAGALONG_SERVER names, else an embedded one. */
export const openSubject = (): Promise<Subject> => {
  const server = givenServer()
  return server ? openReal(server) : openEmbedded()
}
