/** What a host has the chat say: a message of the visitor's, or words to begin with. */
import type { Chat } from '../../chat/contracts'
import { TagalongError, type ErrorCode } from '../../options'

type Stage = Chat['stage']['value']

/** Why a message cannot be sent on this screen, and what to do. Undefined where it can. */
const refusals: Partial<Record<Stage, [ErrorCode, string]>> = {
  consent: ['no-consent', 'The visitor has not agreed yet: open() asks them.'],
  form: ['bad-call', 'The server asks for a form first: open() shows it, and prechatForm: false leaves it out.'],
  offline: ['no-agents', 'No agent is online: open() shows the form to leave a message.'],
  unavailable: ['no-agents', 'No agent is online, and there is no form to leave a message.'],
  disabled: ['disabled', 'Livechat is switched off on the server.'],
}

const readyStage = ({ stage }: Chat): Promise<Stage> =>
  new Promise((resolve) => {
    const stop = stage.subscribe((now) => {
      if (now === 'loading') return
      resolve(now)
      // A signal tells its first listener while it is still subscribing.
      queueMicrotask(() => stop())
    })
  })

const needText = (call: string, text: unknown): void => {
  if (typeof text !== 'string' || !text.trim())
    throw new TagalongError('bad-call', `${call}() takes a text that is not empty.`)
}

/** As if the visitor had written it: in the running conversation, or in a new one. */
export const send = async (chat: Chat, text: string): Promise<void> => {
  needText('send', text)
  const stage = await readyStage(chat)
  const [code, says] = refusals[stage] ?? []
  if (code) throw new TagalongError(code, says ?? code)
  if (stage === 'finished') await chat.startNew()
  await chat.send(text)
}

export const prefill = async (chat: Chat, text: string): Promise<void> => {
  needText('prefill', text)
  await chat.prefill(text)
}

/** The server's triggers hear of it; each of its values is told as the custom field of that name. */
export const trackEvent = async (
  chat: Chat,
  setCustomField: (id: string, value: string) => Promise<void>,
  name: string,
  data: Record<string, unknown> = {},
): Promise<void> => {
  needText('trackEvent', name)
  chat.trackEvent(name)
  await Promise.all(Object.entries(data).map(([id, value]) => setCustomField(id, `${value}`)))
}
