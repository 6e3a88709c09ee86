import { fail, ok } from '../../http/envelope.ts'
import type { Call, Route } from '../route.ts'
import { list, shape, text } from '../../http/schema.ts'

/** What an outside service says to a visitor; without a service the client falls back to its own words. */
function callService({ office }: Call) {
  const { externalService } = office.settings
  return externalService ? ok({ response: { contents: externalService } }) : fail('error-external-service-unavailable')
}

export const triggerRoutes: Route[] = [
  {
    method: 'POST',
    path: 'livechat/triggers/:id/external-service/call',
    body: shape({ token: text, 'extraData?': list(shape({ key: text, value: text })) }),
    act: callService,
  },
]
