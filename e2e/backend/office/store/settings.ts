import { isRecord } from '../../http/schema.ts'
import type { CorsMode } from '../../http/cors.ts'

/** 'current' is v8. The others are the eras a client may meet, each with its own routes and texts. */
export type Dialect = 'current' | 'v0' | 'v6' | 'v7' | 'v8' | 'v9'

const dialects: Dialect[] = ['current', 'v0', 'v6', 'v7', 'v8', 'v9']

export interface Department {
  _id: string
  name: string
  showOnRegistration: boolean
  showOnOfflineForm: boolean
  /** Usernames of those who serve it; every agent when absent. The config does not publish them. */
  agents?: string[]
  /** The business unit it belongs to. The config does not publish it. */
  unit?: string
}

export interface CustomField {
  _id: string
  label: string
  type: 'input' | 'select'
  required: boolean
  regexp?: string
  defaultValue?: string
  options?: string[] | string
  scope?: 'visitor' | 'room'
}

/** What `livechat/config` publishes, and from `dialect` on what only the server itself knows. */
export interface Settings {
  enabled: boolean
  online: boolean
  settings: {
    registrationForm: boolean
    allowSwitchingDepartments: boolean
    nameFieldRegistrationForm: boolean
    emailFieldRegistrationForm: boolean
    displayOfflineForm: boolean
    videoCall: boolean
    fileUpload: boolean
    language: string
    transcript: boolean
    historyMonitorType: 'url' | 'title'
    forceAcceptDataProcessingConsent: boolean
    agentHiddenInfo: boolean
    clearLocalStorageWhenChatEnded: boolean
    /** Some servers send the number as text. */
    limitTextLength: false | number | string
    hiddenSystemMessages: string[]
    livechatLogo: { url: string } | undefined
    hideWatermark: boolean
    visitorsCanCloseChat: boolean
  }
  theme: {
    title: string
    color: string
    offlineTitle: string
    offlineColor: string
    position: string
    background: string
    hideExpandChat: boolean
    actionLinks: Record<string, unknown>
  }
  messages: {
    offlineMessage: string
    offlineSuccessMessage: string
    offlineUnavailableMessage: string
    conversationFinishedMessage: string
    conversationFinishedText: string
    transcriptMessage: string
    registrationFormMessage: string
    dataProcessingConsentText: string
  }
  survey: { items: string[]; values: string[] }
  triggers: Record<string, unknown>[]
  departments: Department[]
  resources: { sound: string; emojis: Record<string, unknown>[] }
  customFields: CustomField[]

  dialect: Dialect
  cors: CorsMode
  cdn: 'open' | 'no-cors'
  limiter: boolean
  navigationAsMessage: boolean
  collectHeaders: boolean
  routing: 'manual' | 'auto'
  queueing: boolean
  queueMessage: string
  queueSecondsPerSpot: number
  showAgentEmail: boolean
  /** Messages come with the tree of their Markdown. */
  md: boolean
  allowEditing: boolean
  allowDeleting: boolean
  showDeletedStatus: boolean
  hideSystemMessages: string[]
  upload: { maxBytes: number; types: string[]; protect: boolean }
  transcriptFails: boolean
  offlineMessageFails: boolean
  externalService: { msg: string; order: number }[] | null
  /** What an app answers to a press in its blocks. */
  appAnswer: Record<string, unknown>
  /** Rooms of visitors whose contact is not verified are made, but not queued: nobody may take them. */
  contactVerification: boolean
  /** Every visitor's contact is blocked: from 7 on no room is made. */
  contactBlocked: boolean
}

export const defaultSettings = (): Settings => ({
  enabled: true,
  online: true,
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
    agentHiddenInfo: false,
    clearLocalStorageWhenChatEnded: false,
    limitTextLength: false,
    hiddenSystemMessages: ['uj'],
    livechatLogo: undefined,
    hideWatermark: false,
    visitorsCanCloseChat: true,
  },
  theme: {
    title: 'Juniper & Co.',
    color: '#1F6F5C',
    offlineTitle: 'Leave a message',
    offlineColor: '#666666',
    position: 'right',
    background: '',
    hideExpandChat: false,
    actionLinks: { jitsi: [{ icon: 'icon-videocam', i18nLabel: 'Accept' }] },
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
  departments: [],
  resources: { sound: '', emojis: [] },
  customFields: [],

  dialect: 'current',
  cors: '*',
  cdn: 'open',
  limiter: true,
  navigationAsMessage: false,
  collectHeaders: false,
  routing: 'manual',
  queueing: false,
  queueMessage: 'You are number %spot% in the queue.',
  queueSecondsPerSpot: 180,
  showAgentEmail: false,
  md: true,
  allowEditing: true,
  allowDeleting: true,
  showDeletedStatus: false,
  hideSystemMessages: [],
  upload: { maxBytes: 104_857_600, types: [], protect: false },
  transcriptFails: false,
  offlineMessageFails: false,
  externalService: null,
  appAnswer: {},
  contactVerification: false,
  contactBlocked: false,
})

type Node = Record<string, unknown>

/** The groups whose members may also be named alone: `{ registrationForm: true }`. */
const groups = ['settings', 'theme', 'messages'] as const

const choices: Record<string, unknown[]> = {
  dialect: dialects,
  cdn: ['open', 'no-cors'],
  routing: ['manual', 'auto'],
  'settings.historyMonitorType': ['url', 'title'],
}

function findPath(settings: Settings, key: string): string | undefined {
  const [first = ''] = key.split('.')
  if (Object.hasOwn(settings, first)) return key
  const group = groups.find((name) => Object.hasOwn(settings[name], first))
  return group && `${group}.${key}`
}

/** Merges a change into the settings: nested, by path, or by bare name. The first wrong key is returned as a sentence. */
export function changeSettings(settings: Settings, change: Node): string | undefined {
  for (const [key, value] of Object.entries(change)) {
    const path = findPath(settings, key)
    if (!path) return `unknown setting '${key}'`
    const steps = path.split('.')
    // As steps of a path they would lead out of the settings, to what every object inherits from.
    if (['__proto__', 'constructor', 'prototype'].some((name) => steps.includes(name)))
      return `unknown setting '${key}'`
    const last = steps.pop() ?? ''
    // Paths come as text: the type checker cannot follow them.
    let node = settings as unknown as Node
    for (const step of steps) {
      if (!isRecord(node[step])) node[step] = {}
      node = node[step] as Node
    }
    const allowed = choices[path]
    if (allowed && !allowed.includes(value)) return `'${path}' takes ${allowed.join(', ')}`
    const before = node[last]
    if (isRecord(before) && isRecord(value) && steps.length === 0 && (groups as readonly string[]).includes(last)) {
      const problem = changeSettings(
        settings,
        Object.fromEntries(Object.entries(value).map(([inner, item]) => [`${last}.${inner}`, item])),
      )
      if (problem) return problem
    } else if (isRecord(before) && isRecord(value)) node[last] = { ...before, ...value }
    else node[last] = value
  }
  return undefined
}

/** The era as a number, so that code can say "before 8". */
export const eraOf = ({ dialect }: Pick<Settings, 'dialect'>): number =>
  ({ v0: 0, v6: 6, v7: 7, v8: 8, current: 8, v9: 9 })[dialect]
