/** Our `test` for whatever server is looked at: a visitor of its own for each, and what is to be said of the server. */
import { randomBytes } from 'node:crypto'
import { expect, test as base } from 'playwright/test'
import { openWire } from '../backend/probe/socket.ts'
import { needed } from '../stage/needed.ts'
import { createCompare, serverType, type Compare } from './compare.ts'
import { openSubject, type Agent, type Subject } from './subject.ts'

export { expect }

type Wire = Awaited<ReturnType<typeof openWire>>

/** A visitor whom the server knows, with a conversation. */
export interface Guest {
  token: string
  visitor: { _id: string; username: string }
  rid: string
  /** As the widget asks for it: under the API, with the token. */
  get(path: string): ReturnType<Subject['call']>
  /** As the widget posts: with token and room. */
  post(path: string, body?: object): ReturnType<Subject['call']>
  /** A websocket that hears the room's messages. */
  listen(): Promise<Wire>
}

interface Fixtures extends Compare {
  agent: Agent
  /** Not known to the server yet. */
  token: string
  guest: Guest
}

/** What comes of a test on a real server is deleted, as far as the server allows it. */
export const leave = async ({ call }: Subject, token: string): Promise<void> => {
  const { body } = await call('GET', `livechat/config?token=${token}`)
  const rid = body.config?.room?._id
  if (rid) await call('POST', 'livechat/room.close', { body: { rid, token } })
  await call('DELETE', `livechat/visitor/${token}`)
}

export const test = base.extend<Fixtures, { subject: Subject }>({
  subject: [
    async ({}, use) => {
      const subject = await openSubject()
      await use(subject)
      await subject.stop()
    },
    // Where the limiter is on, a test may wait for a minute and more.
    { scope: 'worker', timeout: 120_000 },
  ],
  needs: async ({ subject }, use, info) => {
    info.annotations.push({ type: serverType, description: subject.name })
    await use(createCompare(info).needs)
  },
  expects: ({}, use, info) => use(createCompare(info).expects),
  agent: async ({ subject }, use) => {
    test.skip(!subject.agent, `Skipped: ${subject.withoutAgent}`)
    await use(needed(subject.agent, 'agent'))
  },
  token: async ({ subject }, use) => {
    const token = `tagalong-test-${randomBytes(24).toString('hex')}`
    await use(token)
    await leave(subject, token)
  },
  guest: async ({ subject, token }, use) => {
    const { call } = subject
    const registered = await call('POST', 'livechat/visitor', { body: { visitor: { token, name: 'Tagalong test' } } })
    const opened = await call('GET', `livechat/room?token=${token}`)
    const rid = opened.body.room?._id
    if (!rid) throw new Error(`No conversation could be opened: ${registered.text} ${opened.text}`)
    let wire: Wire | undefined
    await use({
      token,
      rid,
      visitor: registered.body.visitor,
      get: (path) => call('GET', `livechat/${path}${path.includes('?') ? '&' : '?'}token=${token}`),
      post: (path, body) => call('POST', `livechat/${path}`, { body: { token, rid, ...body } }),
      async listen() {
        wire = await openWire(subject)
        wire.listen('messages', 'stream-room-messages', rid, token)
        await expect.poll(() => wire?.answer('messages')).toBeDefined()
        return wire
      },
    })
    wire?.close()
  },
})
