export const changeOf = (value: unknown): string => (typeof value === 'string' && value ? value : 'url')

/**
 * The kind of page change that the server stores, by its configuration. It answers reports of any other kind with success, and drops them. Whatever is
 * no text counts as none.
 */
export const monitoredChange = (
  copy: { config?: { settings?: { historyMonitorType?: unknown } } } | undefined,
): string => {
  return changeOf(copy?.config?.settings?.historyMonitorType)
}
