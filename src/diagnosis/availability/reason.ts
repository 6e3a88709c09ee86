import type { ErrorCode, UnavailableReason } from '../../options'
import { asObject, asObjects } from '../../wire/coerce'
import type { Json } from '../../wire/json'
import { sentence } from '../sentences'

/** What the host is told: by `error`, and by `unavailable` where the chat cannot work at all. */
export interface Fault {
  code: ErrorCode
  says: string
  reason?: UnavailableReason
}

/** For a department that it does not have the server says that no agent is online. */
const isDepartmentUnknown = (config: Json, department: string): boolean => {
  if (!Array.isArray(config.departments)) return false
  return !asObjects(config.departments).some(({ _id, name }) => _id === department || name === department)
}

/** What is wrong with the settings that the server has sent; undefined when nothing is. */
export const faultOfConfig = (config: Json, department: string | undefined): Fault | undefined => {
  if (config.enabled !== true) return { code: 'disabled', says: sentence('disabled'), reason: 'disabled' }
  if (config.online === true) return undefined
  if (department && isDepartmentUnknown(config, department))
    return { code: 'bad-option', says: sentence('error-invalid-department') }
  const hasForm = asObject(config.settings).displayOfflineForm !== false
  return { code: 'no-agents', says: sentence('no-agents'), ...(!hasForm && { reason: 'no-agents' }) }
}
