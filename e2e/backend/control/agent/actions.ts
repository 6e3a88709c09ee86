import type { AgentAction } from './action.ts'
import { close, command, event, release, status, take, transfer } from './serving.ts'
import { again, deleteMessage, editMessage, file, fill, react, say, type } from './talking.ts'

/** What an agent may do at the control door. */
export const actions: Record<string, AgentAction> = {
  take,
  say,
  type,
  file,
  fill,
  transfer,
  close,
  status,
  release,
  edit: editMessage,
  delete: deleteMessage,
  react,
  again,
  command,
  event,
}
