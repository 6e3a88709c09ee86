/** The kind of page change that the server stores, by its configuration. It answers reports of any other kind with success, and drops them. */
export const monitoredChange = (
  copy: { config?: { settings?: { historyMonitorType?: string } } } | undefined,
): string => copy?.config?.settings?.historyMonitorType || 'url'
