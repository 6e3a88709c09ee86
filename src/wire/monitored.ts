/** The kind of page change the server stores, by its config; anything else it drops with a success. */
export const monitored = (copy: { config?: { settings?: { historyMonitorType?: string } } } | undefined): string =>
  copy?.config?.settings?.historyMonitorType || 'url'
