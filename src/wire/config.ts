/** `livechat/config`: one part says how the chat looks and what it may do, the other what is true at this moment. */
import { isObject, type Json } from './json'
import { asNumber, asFlag, asList, asObject, asName, asObjects, asText, asTexts } from './coerce'

/** Texts and settings, every field present, with defaults. Colours and the like are read by the launcher. */
export interface ChatConfig {
  enabled: boolean
  online: boolean
  title: string
  offlineTitle: string
  logoUrl?: string
  form: { shown: boolean; name: boolean; email: boolean; message: string }
  consent: { required: boolean; text: string }
  departments: { id: string; name: string; onRegistration: boolean; onOfflineForm: boolean }[]
  customFields: {
    id: string
    /** What the pre-chat form calls the field: apart from its own `name` and `email`, which may be the ids of fields as well. */
    name: string
    label: string
    required: boolean
    regexp?: string
    type: 'input' | 'select'
    defaultValue: string
    options: string[]
  }[]
  canSwitchDepartment: boolean
  canClose: boolean
  canUpload: boolean
  askTranscript: boolean
  transcriptMessage: string
  textLimit?: number
  offline: { form: boolean; message: string; successMessage: string; unavailableMessage: string }
  finished: { message: string; text: string }
  survey: { items: string[]; values: string[] }
  clearWhenEnded: boolean
  /** The server tells nobody who answers. */
  agentHidden: boolean
  hiddenSystemMessages: string[]
  /** Who waits for an agent is told so. The server wants it where agents choose their rooms themselves, and not where they are routed at once. */
  showsWaiting: boolean
  triggers: unknown[]
  soundUrl?: string
}

export interface WireAgent {
  username: string
  name: string
  status?: 'online' | 'away' | 'busy' | 'offline'
  hidden?: boolean
}

export interface WireQueue {
  spot: number
  waitSeconds?: number
  text?: string
}

/** What is true at this moment, if the copy was asked for just now. */
export interface Live {
  online: boolean
  /** Of the visitor it was asked for, if the server knows that one. */
  token?: string
  roomId?: string
  /** The id of the room's department, or of the one the visitor would talk to. */
  department?: string
  agent?: WireAgent
  queue?: WireQueue
}

export const decodeStatus = (value: unknown): WireAgent['status'] =>
  (['online', 'away', 'busy', 'offline'] as const).find((status) => status === value)

export const decodeAgent = (value: unknown): WireAgent | undefined => {
  if (!isObject(value)) return
  if (value.hiddenInfo === true) return { username: '', name: '', hidden: true }
  const username = asText(value.username)
  if (username) return { username, name: asName(value.name) || asName(username), status: decodeStatus(value.status) }
}

export const decodeQueue = (value: unknown): WireQueue | undefined => {
  const queue = asObject(value)
  const spot = asNumber(queue.spot)
  if (spot)
    return {
      spot,
      waitSeconds: asNumber(queue.estimatedWaitTimeSeconds),
      text: asText(asObject(queue.message).text) || undefined,
    }
}

export const decodeLive = (config: Json): Live => {
  const room = asObject(config.room)
  const guest = asObject(config.guest)
  return {
    online: asFlag(config.online),
    token: asText(guest.token) || undefined,
    roomId: room.open === false ? undefined : asText(room._id) || undefined,
    department: asText(room.departmentId) || asText(guest.department) || undefined,
    agent: decodeAgent(config.agent),
    queue: decodeQueue(config.queueInfo),
  }
}

const decodeField = (field: Json): ChatConfig['customFields'] => {
  const id = asText(field._id)
  if (!id) return []
  return [
    {
      id,
      name: `custom/${id}`,
      label: asText(field.label) || id,
      required: asFlag(field.required),
      regexp: asText(field.regexp) || undefined,
      type: field.type === 'select' ? 'select' : 'input',
      defaultValue: asText(field.defaultValue),
      // Some versions of the server send one text with commas.
      options:
        typeof field.options === 'string'
          ? field.options
              .split(',')
              .map((option) => option.trim())
              .filter(Boolean)
          : asTexts(field.options),
    },
  ]
}

/** `absolute` makes an address that is relative to the server absolute. */
export const decodeConfig = (config: Json, absolute: (path: string) => string | undefined): ChatConfig => {
  const settings = asObject(config.settings)
  const theme = asObject(config.theme)
  const messages = asObject(config.messages)
  const survey = asObject(config.survey)
  const limit = asNumber(settings.limitTextLength)
  return {
    enabled: asFlag(config.enabled, true),
    online: asFlag(config.online),
    title: asText(theme.title),
    offlineTitle: asText(theme.offlineTitle),
    logoUrl: absolute(asText(asObject(settings.livechatLogo).url)),
    form: {
      shown: asFlag(settings.registrationForm),
      name: asFlag(settings.nameFieldRegistrationForm, true),
      email: asFlag(settings.emailFieldRegistrationForm, true),
      message: asText(messages.registrationFormMessage),
    },
    consent: {
      required: asFlag(settings.forceAcceptDataProcessingConsent),
      text: asText(messages.dataProcessingConsentText),
    },
    departments: asObjects(config.departments).flatMap((department) => {
      const id = asText(department._id)
      return id
        ? [
            {
              id,
              name: asText(department.name) || id,
              onRegistration: asFlag(department.showOnRegistration),
              onOfflineForm: asFlag(department.showOnOfflineForm),
            },
          ]
        : []
    }),
    customFields: asObjects(config.customFields).flatMap(decodeField),
    canSwitchDepartment: asFlag(settings.allowSwitchingDepartments),
    canClose: asFlag(settings.visitorsCanCloseChat, true),
    canUpload: asFlag(settings.fileUpload),
    askTranscript: asFlag(settings.transcript),
    transcriptMessage: asText(messages.transcriptMessage),
    textLimit: limit && limit > 0 ? limit : undefined,
    offline: {
      form: asFlag(settings.displayOfflineForm, true),
      message: asText(messages.offlineMessage),
      successMessage: asText(messages.offlineSuccessMessage),
      unavailableMessage: asText(messages.offlineUnavailableMessage),
    },
    finished: {
      message: asText(messages.conversationFinishedMessage),
      text: asText(messages.conversationFinishedText),
    },
    survey: { items: asTexts(survey.items), values: asTexts(survey.values) },
    clearWhenEnded: asFlag(settings.clearLocalStorageWhenChatEnded),
    agentHidden: asFlag(settings.agentHiddenInfo) || asObject(config.agent).hiddenInfo === true,
    hiddenSystemMessages: asTexts(settings.hiddenSystemMessages),
    // The servers before 1.0 do not say.
    showsWaiting: asFlag(settings.showConnecting, true),
    triggers: asList(config.triggers),
    soundUrl: absolute(asText(asObject(config.resources).sound)),
  }
}
