import { expect, test } from 'playwright/test'
import { decodeFrame, decodeRoomEvent, decodeTyping } from './frames'

test('every documented frame of the server is known', () => {
  expect(decodeFrame('{"msg":"connected","session":"eSrF2"}')).toEqual({ kind: 'connected' })
  expect(decodeFrame('{"msg":"failed","version":"1"}')).toEqual({ kind: 'failed' })
  expect(decodeFrame('{"msg":"ping"}')).toEqual({ kind: 'ping', id: undefined })
  expect(decodeFrame('{"msg":"ping","id":"7"}')).toEqual({ kind: 'ping', id: '7' })
  expect(decodeFrame('{"msg":"ready","subs":["s1"]}')).toEqual({ kind: 'ready', subs: ['s1'] })
  expect(decodeFrame('{"msg":"nosub","id":"s1"}')).toEqual({ kind: 'nosub', id: 's1', refusal: undefined })
  expect(
    decodeFrame(
      '{"msg":"nosub","id":"s2","error":{"isClientSafe":true,"error":"not-allowed","reason":"…","errorType":"Meteor.Error"}}',
    ),
  ).toEqual({ kind: 'nosub', id: 's2', refusal: 'not-allowed' })
  expect(
    decodeFrame(
      '{"msg":"changed","collection":"stream-room-messages","id":"id","fields":{"eventName":"RID","args":[{"_id":"m"}]}}',
    ),
  ).toEqual({
    kind: 'changed',
    stream: 'stream-room-messages',
    event: 'RID',
    args: [{ _id: 'm' }],
  })
})

test('what is no frame, or none of ours, is nothing', () => {
  for (const data of [
    '',
    'o',
    '[]',
    'null',
    '{"server_id":"0"}',
    '{"msg":"updated","methods":["m1"]}',
    '{"msg":"error","reason":"Bad request"}',
    12,
    new ArrayBuffer(2),
  ])
    expect(decodeFrame(data)).toBeUndefined()
  expect(decodeFrame('{"msg":"changed"}')).toEqual({ kind: 'changed', stream: '', event: '', args: [] })
})

test('events of the room are read, unknown ones dropped', () => {
  expect(
    decodeRoomEvent({ type: 'agentData', data: { _id: 'a', name: 'Ana', username: 'ana', status: 'online' } }),
  ).toEqual({ kind: 'agent', agent: { username: 'ana', name: 'Ana', status: 'online' } })
  expect(decodeRoomEvent({ type: 'agentData', data: { hiddenInfo: true } })).toEqual({
    kind: 'agent',
    agent: { username: '', name: '', hidden: true },
  })
  expect(decodeRoomEvent({ type: 'agentData' })).toEqual({ kind: 'agent', agent: undefined })
  expect(decodeRoomEvent({ type: 'agentStatus', status: 'away' })).toEqual({ kind: 'status', status: 'away' })
  expect(decodeRoomEvent({ type: 'queueData', data: { spot: 2, estimatedWaitTimeSeconds: 180 } })).toEqual({
    kind: 'queue',
    queue: { spot: 2, waitSeconds: 180, text: undefined },
  })
  expect(decodeRoomEvent({ type: 'visitorData', visitor: {} })).toBeUndefined()
  expect(decodeRoomEvent('x')).toBeUndefined()
})

test('typing is read in both dialects', () => {
  expect(decodeTyping(['ana', ['user-typing']])).toEqual({ username: 'ana', typing: true })
  expect(decodeTyping(['ana', []])).toEqual({ username: 'ana', typing: false })
  expect(decodeTyping(['ana', true])).toEqual({ username: 'ana', typing: true })
  expect(decodeTyping(['ana', false, {}])).toEqual({ username: 'ana', typing: false })
  expect(decodeTyping([])).toBeUndefined()
})
