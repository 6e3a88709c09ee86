import { expect, test } from 'playwright/test'
import type { VisitorState } from '../../tracking/stored'
import type { Answer } from '../../wire/answer'
import { createCustomFields } from './customFields'

const ok: Answer = { kind: 'ok', status: 200, body: {} }
const refused = (code: string): Answer => ({ kind: 'refused', status: 400, code, says: code, body: {} })

/** Fields of a visitor whom the server knows, and a server that answers as it is told. */
const create = (answerTo: (id: string, value: string) => Answer) => {
  let state: VisitorState = { token: 't', visitor: { visitorId: 'v', username: 'guest-1' } }
  let tell: (state: VisitorState, before: VisitorState) => void = () => {}
  const sent: string[] = []
  const warnings: string[] = []
  const fields = createCustomFields({
    visitor: {
      state: async () => state,
      observe: (listener) => {
        tell = listener
        return () => {}
      },
    },
    clock: { after: () => () => {} },
    call: async (_method, _path, { body } = {}) => {
      const { key, value } = body as { key: string; value: string }
      sent.push(`${key}=${value}`)
      return answerTo(key, value)
    },
    warnOnce: (_code, says) => void warnings.push(says),
  })
  const enterRoom = () => {
    const before = state
    state = { ...state, roomId: 'r' }
    tell(state, before)
  }
  /** As after a reset: a token that the server does not know yet, and then does. */
  const become = (token: string) => {
    state = { token, visitor: { visitorId: token, username: 'guest-2' } }
    tell(state, { token })
  }
  return { fields, sent, warnings, enterRoom, become }
}

test('what is set while others are on their way goes after them', async () => {
  const { fields, sent } = create(() => ok)
  await Promise.all([
    fields.set('plan', 'gold', true),
    fields.set('colour', 'red', true),
    new Promise<void>((resolve) => queueMicrotask(() => void fields.set('colour', 'blue', true).then(resolve))),
  ])
  expect(sent.at(-1)).toBe('colour=blue')
})

test('a field that the server has no words about waits for a conversation', async () => {
  let isOpen = false
  const { fields, sent, enterRoom } = create(() => (isOpen ? ok : refused('')))
  const set = fields.set('order', '1001', true)
  await expect.poll(() => sent).toEqual(['order=1001'])
  isOpen = true
  enterRoom()
  await set
  expect(sent).toEqual(['order=1001', 'order=1001'])
})

test('a field that is refused is told once, and not sent again', async () => {
  const { fields, sent, warnings, enterRoom } = create(() => refused('invalid-custom-field'))
  await expect(fields.set('nonsense', 'x', true)).rejects.toMatchObject({
    code: 'refused',
    serverCode: 'invalid-custom-field',
  })
  enterRoom()
  expect(sent).toEqual(['nonsense=x'])
  expect(warnings).toEqual([
    expect.stringMatching(/“nonsense”.*Create it in Rocket\.Chat, under Omnichannel → Custom Fields/),
  ])
})

test('what is about one visitor is never told of the next', async () => {
  const { fields, sent, become } = create((id) => (id === 'journey' ? { kind: 'silent', why: 'unreachable' } : ok))
  const journey = fields.set('journey', '/a', true, 't')
  await expect.poll(() => sent).toEqual(['journey=/a'])
  become('another')
  await journey
  await fields.set('plan', 'gold', true)
  expect(sent).toEqual(['journey=/a', 'plan=gold'])
})
