/**
 * The kind of page change that the server stores, by its configuration. It answers reports of any other kind with success, and drops them. Whatever is
 * no text counts as none.
 */
export const monitoredChange = (
  copy: { config?: { settings?: { historyMonitorType?: unknown } } } | undefined,
): string => {
  const change = copy?.config?.settings?.historyMonitorType
  return typeof change === 'string' && change ? change : 'url'
}
