import type { Store } from '../browser/ports'
import { configKey } from '../tracking/keys'
import type { StoredConfig } from '../tracking/stored'
import { answerOf } from '../wire/answer'

/** How long the server's limiter wants to be left in peace, where the last question for the settings met it; 0 where it met something else. */
export const limitedForMs = async (storage: Pick<Store, 'get'>): Promise<number> => {
  const answer = answerOf((await storage.get<StoredConfig>(configKey))?.reply ?? '')
  return answer.kind === 'limited' ? answer.retryAfterMs : 0
}
