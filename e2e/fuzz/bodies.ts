/** What a Rocket.Chat server sends, with every member that the widget reads: the ground for what is spoilt. */
import { config, message, roomBody, visitorBody } from '../fakes/livechat.ts'

const atMs = 1_700_000_000_000
const text = (value: string) => ({ type: 'PLAIN_TEXT', value })
const plain = (value: string) => ({ type: 'plain_text', text: value })
const options = [{ text: plain('One'), value: '1', url: 'https://shop.example/' }]

const md = [
  { type: 'HEADING', level: 2, value: [text('Title')] },
  {
    type: 'PARAGRAPH',
    value: [
      { type: 'BOLD', value: [text('bold')] },
      { type: 'ITALIC', value: [{ type: 'STRIKE', value: [text('both')] }] },
      { type: 'LINK', value: { src: text('https://shop.example/'), label: [text('shop')] } },
      { type: 'IMAGE', value: { src: text('https://shop.example/a.png'), label: text('picture') } },
      { type: 'EMOJI', value: text('smile'), shortCode: 'smile', unicode: '😄' },
      { type: 'MENTION_USER', value: text('ana') },
      { type: 'INLINE_CODE', value: text('code') },
      { type: 'LINE_BREAK' },
    ],
  },
  { type: 'ORDERED_LIST', value: [{ type: 'LIST_ITEM', number: 3, value: [text('three')] }] },
  { type: 'TASKS', value: [{ type: 'TASK', status: true, value: [text('done')] }] },
  { type: 'QUOTE', value: [{ type: 'PARAGRAPH', value: [text('quoted')] }] },
  { type: 'CODE', language: 'js', value: [{ type: 'CODE_LINE', value: text('let a') }] },
  { type: 'BIG_EMOJI', value: [{ type: 'EMOJI', shortCode: 'tada' }] },
]

const blocks = [
  { type: 'section', blockId: 'b', appId: 'app', text: { type: 'mrkdwn', text: '*bold*' }, fields: [plain('field')] },
  { type: 'image', imageUrl: '/picture.png', altText: 'alt', title: plain('title') },
  { type: 'context', elements: [plain('context'), { type: 'image', imageUrl: '/small.png', altText: '' }] },
  {
    type: 'actions',
    elements: [
      { type: 'button', actionId: 'a', text: plain('Press'), value: 'v', url: 'https://shop.example/' },
      { type: 'static_select', actionId: 'b', placeholder: plain('Choose'), options },
      { type: 'multi_static_select', actionId: 'c', options, maxSelectItems: 2, initialOptions: options },
      { type: 'overflow', actionId: 'd', options },
      { type: 'datepicker', actionId: 'e', initialDate: '2026-01-01' },
    ],
  },
  {
    type: 'input',
    label: plain('Label'),
    hint: plain('hint'),
    element: { type: 'plain_text_input', minLength: 1, maxLength: 9 },
  },
]

const attachments = [
  {
    type: 'file',
    title: 'a.pdf',
    title_link: '/file-upload/f1/a.pdf',
    image_url: '/file-upload/f1/a.png',
    image_type: 'image/png',
    image_size: 1000,
    image_dimensions: { width: 300, height: 200 },
    description: 'what it is',
  },
  { type: 'file', title: 'b.mp3', audio_url: '/file-upload/f2/b.mp3', audio_size: 1 },
  { text: 'quoted', author_name: 'Ana', message_link: 'https://chat.example.com/?msg=m0', pretext: 'before' },
]

/** Messages of every kind; `n` tells them apart. */
export const messageBody = (n: number, type?: string): Record<string, unknown> =>
  message(`m${n}`, atMs + n * 1000, 'Hello *you* https://shop.example/', {
    t: type,
    alias: 'Ana of Sales',
    avatar: '/avatar/ana',
    tmid: n % 5 ? undefined : `m${n - 3}`,
    editedAt: n % 7 ? undefined : new Date(atMs + n * 1000).toISOString(),
    transferData: { transferredTo: { name: 'Ben' }, transferredBy: { username: 'ana' }, comment: 'for you' },
    md,
    blocks,
    attachments,
    files: [{ _id: 'f1', name: 'a.pdf', type: 'application/pdf', size: 1000 }],
  })

export const messageTypes = [
  undefined,
  undefined,
  undefined,
  'uj',
  'ul',
  'rm',
  'livechat-started',
  'livechat_transfer_history',
  'omnichannel_placed_chat_on_hold',
  'livechat_video_call',
  'anything',
]

export const configBody = (room?: string): Record<string, unknown> =>
  config(
    {
      room: room && { _id: room, open: true },
      agent: { _id: 'a1', name: 'Ana', username: 'ana', status: 'online' },
      queueInfo: { spot: 2, estimatedWaitTimeSeconds: 100, message: { text: 'Soon' } },
      customFields: [
        { _id: 'zip', label: 'Zip', required: true, type: 'input', regexp: '^\\d+$', defaultValue: '1', options: '' },
        { _id: 'plan', label: 'Plan', required: false, type: 'select', defaultValue: 'a', options: 'a,b' },
      ],
      departments: [
        { _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: true },
        { _id: 'd2', name: 'Help', showOnRegistration: true, showOnOfflineForm: true },
      ],
      triggers: [
        {
          _id: 't1',
          enabled: true,
          runOnce: false,
          conditions: [
            { name: 'page-url', value: 'shop' },
            { name: 'time-on-site', value: 0 },
          ],
          actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Ana', msg: 'Hello' } }],
        },
      ],
    },
    { registrationForm: !room, transcript: true, limitTextLength: 500, livechatLogo: { url: '/assets/logo.svg' } },
  )

export const visitor = visitorBody
export const room = roomBody

/** Events of a room, and frames about nothing. */
export const frameBodies = (roomId: string): Record<string, unknown>[] => {
  const changed = (collection: string, eventName: string, ...args: unknown[]) => ({
    msg: 'changed',
    collection,
    id: 'id',
    fields: { eventName, args },
  })
  return [
    changed('stream-livechat-room', roomId, {
      type: 'agentData',
      data: { username: 'ana', name: 'Ana', status: 'busy' },
    }),
    changed('stream-livechat-room', roomId, { type: 'agentStatus', status: 'away' }),
    changed('stream-livechat-room', roomId, { type: 'queueData', data: { spot: 1, estimatedWaitTimeSeconds: 3 } }),
    changed('stream-notify-room', `${roomId}/user-activity`, 'ana', ['user-typing'], {}),
    changed('stream-notify-room', `${roomId}/typing`, 'ana', true),
    changed('stream-notify-room', `${roomId}/deleteMessage`, { _id: 'm1' }),
    { msg: 'ready', subs: ['s1'] },
    { msg: 'nosub', id: 's9', error: { error: 'not-allowed' } },
    { msg: 'ping', id: '1' },
    { msg: 'result', id: 'm1', result: {} },
    { msg: 'connected', session: 'x' },
  ]
}
