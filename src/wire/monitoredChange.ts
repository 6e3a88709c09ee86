/** A kind of page change as it came from the server or from storage; the one of a server as installed where it is no text. */
export const changeOf = (value: unknown): string => (typeof value === 'string' && value ? value : 'url')

/**
 * The kind of page change that the server stores, by its configuration. It answers reports of any other kind with success, and drops them.
 */
export const monitoredChange = (
  copy: { config?: { settings?: { historyMonitorType?: unknown } } } | undefined,
): string => {
  return changeOf(copy?.config?.settings?.historyMonitorType)
}
