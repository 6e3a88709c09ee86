import type { Json } from '../../wire/json'
import { objects, text } from '../../wire/coerce'

export type Condition = 'page-url' | 'time-on-site' | 'chat-opened-by-visitor' | 'after-guest-registration'

export interface Trigger {
  id: string
  isOnce: boolean
  conditions: { name: string; value: string }[]
  actions: Json[]
}

/** Without those that are switched off. */
export const decodeTriggers = (list: unknown[]): Trigger[] =>
  objects(list).flatMap((trigger) => {
    const id = text(trigger._id)
    if (!id || trigger.enabled === false) return []
    const conditions = objects(trigger.conditions).map(({ name, value }) => ({
      name: text(name),
      value: `${value ?? ''}`,
    }))
    return [{ id, isOnce: trigger.runOnce === true, conditions, actions: objects(trigger.actions) }]
  })
