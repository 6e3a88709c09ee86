import { fail, ok } from '../../http/envelope.ts'
import type { Call, Route } from '../route.ts'
import { isEmail } from '../../../../src/wire/email.ts'
import { shape, text, textOrNull } from '../../http/schema.ts'

interface Letter {
  name: string
  email: string
  message: string
  department?: string
  host?: string
}

function leave({ office, body }: Call<unknown, Letter>) {
  const { store, settings } = office
  if (!settings.settings.displayOfflineForm || settings.offlineMessageFails || !isEmail(body.email))
    return fail('Error sending Omnichannel offline message')
  const { name, email, message, department, host } = body
  store.putMail({ kind: 'offline', to: 'shop', from: email, name, text: message, department, host, at: store.now() })
  return ok({ message: 'Omnichannel offline message sent' })
}

export const offlineRoutes: Route[] = [
  {
    method: 'POST',
    path: 'livechat/offline.message',
    limit: (era) => (era >= 8 ? { calls: 1, windowMs: 5_000 } : { calls: 10, windowMs: 60_000 }),
    body: shape({ name: text, email: text, message: text, 'department?': textOrNull, 'host?': textOrNull }),
    act: leave,
  },
]
