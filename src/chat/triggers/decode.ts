import type { Json } from '../../wire/json'
import { asObjects, asText } from '../../wire/coerce'

export type Condition = 'page-url' | 'time-on-site' | 'chat-opened-by-visitor' | 'after-guest-registration'

export interface Trigger {
  id: string
  isOnce: boolean
  conditions: { name: string; value: string }[]
  actions: Json[]
}

/** Without those that are switched off. */
export const decodeTriggers = (list: unknown[]): Trigger[] =>
  asObjects(list).flatMap((trigger) => {
    const id = asText(trigger._id)
    if (!id || trigger.enabled === false) return []
    const conditions = asObjects(trigger.conditions).map(({ name, value }) => ({
      name: asText(name),
      value: `${value ?? ''}`,
    }))
    return [{ id, isOnce: trigger.runOnce === true, conditions, actions: asObjects(trigger.actions) }]
  })
