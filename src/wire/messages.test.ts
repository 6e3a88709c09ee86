import { expect, test } from 'playwright/test'
import { decodeMessage } from './messages'

const documented = {
  _id: 'KLgpbsdZEgETahypp',
  rid: 'RID',
  msg: 'Xup?',
  token: 'T',
  alias: 'Mende',
  ts: '2023-03-30T16:58:11.899Z',
  u: { _id: '6425bb86c29657e5b3ba26b2', username: 'guest-16', name: 'Mende' },
  _updatedAt: '2023-03-30T16:58:12.017Z',
  urls: [],
  mentions: [],
  channels: [],
  md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: 'Xup?' }] }],
  newRoom: false,
  showConnecting: false,
}

test('the documented message is read', () => {
  expect(decodeMessage(documented)).toMatchObject({
    id: 'KLgpbsdZEgETahypp',
    roomId: 'RID',
    at: Date.parse('2023-03-30T16:58:11.899Z'),
    updatedAt: Date.parse('2023-03-30T16:58:12.017Z'),
    text: 'Xup?',
    token: 'T',
    author: { id: '6425bb86c29657e5b3ba26b2', username: 'guest-16', name: 'Mende', bot: false },
    edited: false,
  })
})

test('the websocket writes its dates another way, and means the same', () => {
  const at = Date.parse(documented.ts)
  expect(decodeMessage({ ...documented, ts: { $date: at }, _updatedAt: { $date: at + 118 } })).toEqual(
    decodeMessage(documented),
  )
})

test('what is no message is none', () => {
  for (const value of [
    null,
    'x',
    [],
    {},
    { _id: 'a' },
    { _id: 'a', ts: 'yesterday' },
    { ts: documented.ts },
    { ...documented, _hidden: true },
  ])
    expect(decodeMessage(value)).toBeUndefined()
})

test('a transfer tells from whom and to whom', () => {
  const transfer = (data: unknown) =>
    decodeMessage({ ...documented, t: 'livechat_transfer_history', transferData: data })?.transfer
  expect(
    transfer({
      transferredBy: { username: 'ana', name: 'Ana' },
      transferredTo: { username: 'ben', name: 'Ben' },
      scope: 'agent',
    }),
  ).toEqual({ toAgent: 'Ben', from: 'Ana' })
  expect(
    transfer({ transferredBy: { username: 'ana' }, nextDepartment: { _id: 'd1', name: 'Sales' }, scope: 'department' }),
  ).toEqual({ toDepartment: 'Sales', from: 'ana', department: 'd1' })
  expect(transfer('x')).toBeUndefined()
})

test('of attachments without end a hundred are read', () => {
  const many = Array.from({ length: 101 }, (_, n) => ({ title: `${n}`, _id: `${n}` }))
  expect(decodeMessage({ ...documented, attachments: many, files: many })).toMatchObject({
    attachments: many.slice(0, 100),
    files: many.slice(0, 100),
  })
})
