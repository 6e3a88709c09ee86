import { expect, test } from 'playwright/test'
import { config as sent } from '../../e2e/fakes/livechat'
import { decodeAgent, decodeConfig, decodeLive, decodeQueue } from './config'
import type { Json } from './json'

const absolute = (path: string) => (path ? `https://s/${path.replace(/^https?:\/\/[^/]+\//, '')}` : undefined)
const of = (more: Json = {}, settings: Json = {}) => sent(more, settings).config as Json

test('the documented config is read whole', () => {
  const read = decodeConfig(
    of({
      customFields: [
        { _id: 'address', label: 'Address', regexp: '', required: false, type: 'input', defaultValue: '', options: [] },
      ],
    }),
    absolute,
  )
  expect(read).toMatchObject({
    enabled: true,
    online: true,
    title: 'Rocket.Chat',
    logoUrl: 'https://s/assets/logo.svg',
    form: { shown: false, name: true, email: true },
    departments: [{ id: 'd1', name: 'Sales', onRegistration: true, onOfflineForm: false }],
    customFields: [{ id: 'address', label: 'Address', type: 'input', options: [], required: false }],
    canClose: true,
    canUpload: true,
    showsWaiting: false,
    hiddenSystemMessages: ['uj'],
    survey: {
      items: ['satisfaction', 'agentKnowledge', 'agentResposiveness', 'agentFriendliness'],
      values: ['1', '2', '3', '4', '5'],
    },
    soundUrl: 'https://s/sounds/chime.mp3',
    agentHidden: false,
  })
  expect(read.textLimit).toBeUndefined()
})

test('a server that is switched off sends nothing else, and every field is there all the same', () => {
  const read = decodeConfig({ enabled: false }, absolute)
  expect(read.enabled).toBe(false)
  expect(read.departments).toEqual([])
  expect(read.survey).toEqual({ items: [], values: [] })
  expect([read.offline.form, read.showsWaiting]).toEqual([true, true])
})

test('nonsense in the config becomes defaults', () => {
  const read = decodeConfig(
    {
      settings: 'x',
      theme: [],
      messages: null,
      survey: { items: 'a', values: [1, '2'] },
      departments: [null, { name: 'no id' }, { _id: 'd2' }],
      customFields: 'x',
      triggers: {},
      resources: 3,
      online: 'yes',
    },
    absolute,
  )
  expect(read.survey.values).toEqual(['2'])
  expect(read.departments).toEqual([{ id: 'd2', name: 'd2', onRegistration: false, onOfflineForm: false }])
  expect(read.triggers).toEqual([])
  expect(read.online).toBe(false)
})

test('a text limit is a number or a text with one', () => {
  expect(decodeConfig(of({}, { limitTextLength: 500 }), absolute).textLimit).toBe(500)
  expect(decodeConfig(of({}, { limitTextLength: '600' }), absolute).textLimit).toBe(600)
  expect(decodeConfig(of({}, { limitTextLength: false }), absolute).textLimit).toBeUndefined()
})

test('options of a custom field are a list, or one text with commas', () => {
  const field = (options: unknown) =>
    decodeConfig(
      of({ customFields: [{ _id: 'plan', label: 'Plan', type: 'select', required: true, options }] }),
      absolute,
    ).customFields[0]?.options
  expect(field(['a', 'b'])).toEqual(['a', 'b'])
  expect(field('a, b,')).toEqual(['a', 'b'])
})

test('what is true now: the open room, the agent, the queue', () => {
  const live = decodeLive(
    of({
      room: { _id: 'r1', open: true },
      agent: { _id: 'a', name: 'Ana', username: 'ana', status: 'online', livechat: {}, phone: [], customFields: {} },
      queueInfo: {
        spot: 2,
        message: { text: 'You are 2nd', user: { _id: 'rocket.cat', username: 'rocket.cat' } },
        estimatedWaitTimeSeconds: 180,
      },
    }),
  )
  expect(live).toEqual({
    online: true,
    roomId: 'r1',
    agent: { username: 'ana', name: 'Ana', status: 'online' },
    queue: { spot: 2, waitSeconds: 180, text: 'You are 2nd' },
  })
  expect(decodeLive(of({ room: { _id: 'r1', open: false } })).roomId).toBeUndefined()
  expect(decodeLive({})).toEqual({ online: false, roomId: undefined, agent: undefined, queue: undefined })
})

test('an agent may be hidden, nameless or nobody', () => {
  expect(decodeAgent({ hiddenInfo: true })).toEqual({ username: '', name: '', hidden: true })
  expect(decodeAgent({ username: 'ben', status: 'flying' })).toEqual({
    username: 'ben',
    name: 'ben',
    status: undefined,
  })
  expect(decodeAgent(undefined)).toBeUndefined()
  expect(decodeAgent({})).toBeUndefined()
})

test('a queue without a spot is none', () => {
  expect(decodeQueue({ spot: 0 })).toBeUndefined()
  expect(decodeQueue(null)).toBeUndefined()
  expect(decodeQueue({ spot: '3' })).toEqual({ spot: 3, waitSeconds: undefined, text: undefined })
})
