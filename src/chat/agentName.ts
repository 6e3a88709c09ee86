import type { Options } from '../options'
import type { ReadonlyFacts } from './conversation'

/** What the visitor may know of an agent's name. Empty: a general word stands in for it. */
export const agentName = (
  name: string,
  { agentName: shown }: Pick<Options, 'agentName'>,
  department: string | undefined,
): string => {
  if (shown === 'first') return name.trim().split(/\s+/, 1)[0] ?? ''
  return shown === 'department' ? (department ?? '') : name
}

/** Of the department that the visitor talks to, or would. */
export const departmentName = ({
  config,
  department,
}: Pick<ReadonlyFacts, 'config' | 'department'>): string | undefined =>
  config.peek()?.departments.find(({ id }) => id === department.peek())?.name
