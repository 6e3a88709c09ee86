import type { Check } from '../../options'
import type { PostWay } from '../../wire/request'

/** How what this page posts is spoken. */
export const checkOfRequests = (way: PostWay | undefined): Check => ({
  name: 'requests',
  ok: true,
  says: way
    ? {
        simple: 'Visits and messages are sent as requests that need no preflight: the server reads them.',
        proper:
          'Visits and messages are sent as JSON, each with a preflight: the server, or a firewall before it, does not read requests without one. That is tried again after a week.',
      }[way]
    : 'How the server reads requests is not known yet: the first one tells.',
})
