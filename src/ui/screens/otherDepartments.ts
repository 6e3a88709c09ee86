import type { Chat, ChatConfig } from '../../chat/contracts'

/**
 * The departments that the visitor may change to: neither the present one nor those that are hidden from visitors. As long as the present one is
 * not known, a single one is no change.
 */
export const otherDepartments = ({
  config,
  department,
}: Pick<Chat, 'config' | 'department'>): ChatConfig['departments'] => {
  const present = department.value
  const others = (config.value?.departments ?? []).filter(({ id, onRegistration }) => onRegistration && id !== present)
  return present || others.length > 1 ? others : []
}
