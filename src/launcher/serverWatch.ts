import type { ServerSettings, Tracking } from '../tracking/contracts'
import type { Json } from '../wire/json'

/**
 * Hears every answer to the question for the server's settings, undefined where there was none. What tells the host of it is fetched when it is
 * not as it should be, asks `settings` again, and hears from then on that it is well again.
 */
export const watchServer = (
  tracking: Tracking,
  settings: () => Pick<ServerSettings, 'fresh'>,
): ((config: Json | undefined) => void) => {
  let isWatching = tracking.options.debug
  return tracking.guard(async (config) => {
    isWatching ||= !(config?.enabled && config.online)
    if (isWatching) (await import('../diagnosis')).hearServer(tracking, settings, config)
  })
}
