import type { Json } from '../../wire/json'
import { asObjects, asText } from '../../wire/coerce'

export type Condition = 'page-url' | 'time-on-site' | 'chat-opened-by-visitor' | 'after-guest-registration'

export interface Trigger {
  id: string
  isOnce: boolean
  conditions: { name: string; value: string }[]
  actions: Json[]
}

/** Nobody writes more, and all of them are gone through at every address. */
const mostTriggers = 200
const mostConditions = 20

/** Without those that are switched off. */
export const decodeTriggers = (list: unknown[]): Trigger[] =>
  asObjects(list.slice(0, mostTriggers)).flatMap((trigger) => {
    const id = asText(trigger._id)
    if (!id || trigger.enabled === false) return []
    const conditions = asObjects(trigger.conditions)
      .slice(0, mostConditions)
      .map(({ name, value }) => ({
        name: asText(name),
        value: typeof value === 'number' ? `${value}` : asText(value),
      }))
    return [{ id, isOnce: trigger.runOnce === true, conditions, actions: asObjects(trigger.actions) }]
  })
