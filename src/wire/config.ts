/** `livechat/config`: one part says how the chat looks and what it may do, the other what is true at this moment. */
import { isObject, type Json } from './json'
import { count, flag, list, object, objects, text, texts } from './coerce'

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
  roomId?: string
  agent?: WireAgent
  queue?: WireQueue
}

export const decodeStatus = (value: unknown): WireAgent['status'] =>
  (['online', 'away', 'busy', 'offline'] as const).find((status) => status === value)

export const decodeAgent = (value: unknown): WireAgent | undefined => {
  if (!isObject(value)) return
  if (value.hiddenInfo === true) return { username: '', name: '', hidden: true }
  const username = text(value.username)
  if (username) return { username, name: text(value.name) || username, status: decodeStatus(value.status) }
}

export const decodeQueue = (value: unknown): WireQueue | undefined => {
  const queue = object(value)
  const spot = count(queue.spot)
  if (spot)
    return {
      spot,
      waitSeconds: count(queue.estimatedWaitTimeSeconds),
      text: text(object(queue.message).text) || undefined,
    }
}

export const decodeLive = (config: Json): Live => {
  const room = object(config.room)
  return {
    online: flag(config.online),
    roomId: room.open === false ? undefined : text(room._id) || undefined,
    agent: decodeAgent(config.agent),
    queue: decodeQueue(config.queueInfo),
  }
}

const decodeField = (field: Json): ChatConfig['customFields'] => {
  const id = text(field._id)
  if (!id) return []
  return [
    {
      id,
      label: text(field.label) || id,
      required: flag(field.required),
      regexp: text(field.regexp) || undefined,
      type: field.type === 'select' ? 'select' : 'input',
      defaultValue: text(field.defaultValue),
      // Some versions of the server send one text with commas.
      options:
        typeof field.options === 'string'
          ? field.options
              .split(',')
              .map((option) => option.trim())
              .filter(Boolean)
          : texts(field.options),
    },
  ]
}

/** `absolute` makes an address that is relative to the server absolute. */
export const decodeConfig = (config: Json, absolute: (path: string) => string | undefined): ChatConfig => {
  const settings = object(config.settings)
  const theme = object(config.theme)
  const messages = object(config.messages)
  const survey = object(config.survey)
  const limit = count(settings.limitTextLength)
  return {
    enabled: flag(config.enabled, true),
    online: flag(config.online),
    title: text(theme.title),
    offlineTitle: text(theme.offlineTitle),
    logoUrl: absolute(text(object(settings.livechatLogo).url)),
    form: {
      shown: flag(settings.registrationForm),
      name: flag(settings.nameFieldRegistrationForm, true),
      email: flag(settings.emailFieldRegistrationForm, true),
      message: text(messages.registrationFormMessage),
    },
    consent: {
      required: flag(settings.forceAcceptDataProcessingConsent),
      text: text(messages.dataProcessingConsentText),
    },
    departments: objects(config.departments).flatMap((department) => {
      const id = text(department._id)
      return id
        ? [
            {
              id,
              name: text(department.name) || id,
              onRegistration: flag(department.showOnRegistration),
              onOfflineForm: flag(department.showOnOfflineForm),
            },
          ]
        : []
    }),
    customFields: objects(config.customFields).flatMap(decodeField),
    canSwitchDepartment: flag(settings.allowSwitchingDepartments),
    canClose: flag(settings.visitorsCanCloseChat, true),
    canUpload: flag(settings.fileUpload),
    askTranscript: flag(settings.transcript),
    transcriptMessage: text(messages.transcriptMessage),
    textLimit: limit && limit > 0 ? limit : undefined,
    offline: {
      form: flag(settings.displayOfflineForm, true),
      message: text(messages.offlineMessage),
      successMessage: text(messages.offlineSuccessMessage),
      unavailableMessage: text(messages.offlineUnavailableMessage),
    },
    finished: { message: text(messages.conversationFinishedMessage), text: text(messages.conversationFinishedText) },
    survey: { items: texts(survey.items), values: texts(survey.values) },
    clearWhenEnded: flag(settings.clearLocalStorageWhenChatEnded),
    agentHidden: flag(settings.agentHiddenInfo) || object(config.agent).hiddenInfo === true,
    hiddenSystemMessages: texts(settings.hiddenSystemMessages),
    triggers: list(config.triggers),
    soundUrl: absolute(text(object(config.resources).sound)),
  }
}
