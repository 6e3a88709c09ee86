import type { HiddenNote } from './types'

/** Every system message that may be hidden, by the server's name for it. */
export const hiddenNotes: readonly string[] = [
  'uj',
  'ul',
  'livechat-close',
  'livechat-started',
  'livechat_transfer_history',
] satisfies HiddenNote[]
