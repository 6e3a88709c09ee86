/** Answers of a server, literally as documented, for tests of the conversation. */
import type { Browser } from './core'

export const config = (
  more: Record<string, unknown> = {},
  settings: Record<string, unknown> = {},
): Record<string, unknown> => ({
  config: {
    enabled: true,
    settings: {
      registrationForm: false,
      allowSwitchingDepartments: true,
      nameFieldRegistrationForm: true,
      emailFieldRegistrationForm: true,
      displayOfflineForm: true,
      videoCall: false,
      fileUpload: true,
      language: 'en',
      transcript: false,
      historyMonitorType: 'url',
      forceAcceptDataProcessingConsent: false,
      showConnecting: false,
      agentHiddenInfo: false,
      clearLocalStorageWhenChatEnded: false,
      limitTextLength: false,
      hiddenSystemMessages: ['uj'],
      livechatLogo: { url: 'assets/logo.svg' },
      hideWatermark: false,
      visitorsCanCloseChat: true,
      ...settings,
    },
    theme: {
      title: 'Rocket.Chat',
      color: '#C1272D',
      offlineTitle: 'Leave a message',
      offlineColor: '#666666',
      position: 'right',
      background: '',
      hideExpandChat: false,
    },
    messages: {
      offlineMessage: '',
      offlineSuccessMessage: '',
      offlineUnavailableMessage: '',
      conversationFinishedMessage: '',
      conversationFinishedText: '',
      transcriptMessage: '',
      registrationFormMessage: '',
      dataProcessingConsentText: '',
    },
    survey: {
      items: ['satisfaction', 'agentKnowledge', 'agentResposiveness', 'agentFriendliness'],
      values: ['1', '2', '3', '4', '5'],
    },
    triggers: [],
    departments: [{ _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: false }],
    resources: { sound: 'https://chat.example.com/sounds/chime.mp3', emojis: [] },
    online: true,
    ...more,
  },
})

export const visitorBody = (token: string) => ({
  visitor: {
    _id: 'v1',
    username: 'guest-19',
    status: 'online',
    ts: '2023-04-07T07:08:04.375Z',
    _updatedAt: '2023-11-03T08:23:23.449Z',
    name: 'Livechat Visitor',
    token,
    visitorEmails: [{ address: 'visitor@example.com' }],
  },
})

export const roomBody = (id = 'room1', newRoom = true) => ({
  room: {
    _id: id,
    msgs: 1,
    usersCount: 1,
    t: 'l',
    v: { _id: 'v1', username: 'guest-19', status: 'online' },
    cl: false,
    open: true,
    waitingResponse: true,
    source: { type: 'api' },
  },
  newRoom,
})

export const message = (
  id: string,
  atMs: number,
  text: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  _id: id,
  rid: 'room1',
  msg: text,
  ts: new Date(atMs).toISOString(),
  u: { _id: 'a1', username: 'ana', name: 'Ana' },
  _updatedAt: new Date(atMs).toISOString(),
  urls: [],
  mentions: [],
  channels: [],
  ...more,
})

/** As a frame carries it. */
export const streamed = (value: Record<string, unknown>): Record<string, unknown> => ({
  ...value,
  ts: { $date: Date.parse(value.ts as string) },
  _updatedAt: { $date: Date.parse(value._updatedAt as string) },
})

/** A server that accepts everything: it registers visitors, makes a room, and stores messages, which its history lists newest first. */
export const serve = (browser: Browser, more: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) => {
  const stored: Record<string, unknown>[] = []
  const state = {
    room: undefined as string | undefined,
    /** Whose room that is, once somebody has asked for it. */
    token: undefined as unknown,
    rooms: 0,
    agent: undefined as unknown,
    nowMs: 1_700_000_000_000,
  }
  browser.reply('GET livechat/config', ({ query }) => {
    const isOwn = state.room && (state.token === undefined || state.token === query?.token)
    return config(
      { ...(isOwn ? { room: { _id: state.room, open: true }, agent: state.agent } : {}), ...more },
      settings,
    )
  })
  browser.reply(/^POST livechat\/visitor$/, ({ body }) =>
    visitorBody((body as { visitor: { token: string } }).visitor.token),
  )
  browser.reply(/^GET livechat\/room$/, ({ query }) => {
    const newRoom = !state.room
    state.token = query?.token
    if (newRoom) state.room = `room${++state.rooms}`
    return roomBody(state.room, newRoom)
  })
  browser.reply('POST livechat/message', ({ body }) => {
    const { _id, rid, msg, token } = body as { _id: string; rid: string; msg: string; token: string }
    if (stored.some((one) => one._id === _id))
      return {
        kind: 'refused',
        status: 400,
        code: 'Cannot convert undefined or null to object',
        says: 'Cannot convert undefined or null to object',
        body: {},
      }
    const saved = message(_id, (state.nowMs += 1000), msg, { rid, token, u: { _id: 'v1', username: 'guest-19' } })
    stored.push(saved)
    return { message: saved }
  })
  browser.reply(/^GET livechat\/message\//, () => ({
    kind: 'refused',
    status: 400,
    code: 'invalid-message',
    says: 'invalid-message',
    body: {},
  }))
  browser.reply(/^GET livechat\/messages\.history\//, ({ query }) => {
    const end = query?.end ? Date.parse(String(query.end)) : Infinity
    const page = stored.filter(({ ts }) => Date.parse(ts as string) < end)
    return {
      messages: page
        .sort((a, b) => Date.parse(b.ts as string) - Date.parse(a.ts as string))
        .slice(0, Number(query?.limit ?? 20)),
    }
  })
  return { stored, state }
}
