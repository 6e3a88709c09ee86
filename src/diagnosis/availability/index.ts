/** Whether the chat can work at the moment, for the host: said on the console, by the events `unavailable` and `available`, and by `whenUnavailable`. */
import { isReachable, whereRedirected } from '../../browser/redirects'
import type { Undo } from '../../browser/ports'
import type { ErrorCode, UnavailableReason } from '../../options'
import type { ServerSettings, Tracking } from '../../tracking/contracts'
import { configKey } from '../../tracking/keys'
import type { StoredConfig } from '../../tracking/stored'
import { answerOf } from '../../wire/answer'
import type { Json } from '../../wire/json'
import { configPath } from '../../wire/paths'
import { checkServer } from '../diagnose'
import { isForbidden } from '../policy'
import { logSteps } from '../steps'
import { faultOfConfig, type Fault } from './reason'
import { standIn } from './standIn'

const timeoutMs = 10_000
/** The first failure may be an accident: a server that restarts, a network that changes. */
const secondTryMs = 1000

type AvailabilityParts = Pick<
  Tracking,
  'server' | 'options' | 'send' | 'clock' | 'page' | 'on' | 'emit' | 'guard' | 'warnOnce'
> & {
  /** Asks the server for its settings; undefined when it gives none. What it answers is heard as well. */
  refresh(): Promise<Json | undefined>
  /** The last question for the settings was refused by the server's limiter. */
  isLimited(): Promise<boolean>
  isServerForbidden(): boolean
  /** The page's policy forbids requests to the server. */
  onForbidden(): void
}

interface Availability {
  hear(config: Json | undefined): void
}

/** By a check of the server that failed. What no error code names is a server that cannot be used as one. */
const codeOf = (checkCode = ''): ErrorCode =>
  checkCode === 'blocked' || checkCode === 'timeout' || checkCode === 'refused' ? checkCode : 'unreachable'

/** Asks once more; undefined when the server answers now. */
const findFault = async ({
  server,
  options,
  send,
  clock,
  onForbidden,
}: AvailabilityParts): Promise<Fault | undefined> => {
  const answer = answerOf(await send(server + configPath, { cache: 'no-store' }, timeoutMs))
  if (answer.kind === 'ok' || answer.kind === 'limited') return undefined
  const checks = await checkServer(
    {
      server,
      givenServer: options.server,
      origin: location.origin,
      async isForbidden(...given) {
        const isFound = await isForbidden(clock, ...given)
        if (isFound) onForbidden()
        return isFound
      },
      isReachable: (path) => isReachable(server + path, send),
      whereRedirected: () => whereRedirected(server, send),
    },
    answer,
  )
  const failed = checks.server.ok ? checks.api : checks.server
  const code = codeOf(failed.code)
  return { code, says: failed.says, reason: code === 'blocked' ? 'blocked' : 'unreachable' }
}

const createAvailability = (parts: AvailabilityParts): Availability => {
  const { clock, page, on, emit, guard, warnOnce, options, refresh, isLimited, isServerForbidden } = parts
  let isAskingAgain = false
  /** A copy that says livechat is off may be minutes old: before that is told, the server is asked once more. */
  let offState: 'unasked' | 'asking' | 'asked' = 'unasked'
  let reasonTold: UnavailableReason | undefined
  let undo: Undo = () => {}

  const tell = (fault: Fault | undefined) => {
    if (fault) warnOnce(fault.code, fault.says)
    if (fault?.reason === reasonTold) return
    reasonTold = fault?.reason
    undo()
    undo = () => {}
    if (!fault?.reason) return emit('available', {})
    emit('unavailable', { reason: fault.reason, says: fault.says })
    guard(() => {
      undo = standIn(options, fault.reason as UnavailableReason)
    })()
  }
  const askAgain = guard(async () => {
    // Whoever needs the settings asks again when the limiter lets them, and is heard.
    const isJustLimited = await isLimited()
    const fault = isJustLimited ? undefined : await findFault(parts)
    isAskingAgain = false
    if (fault) tell(fault)
    else if (!isJustLimited) await refresh()
  })
  const askWhetherOff = guard(async () => {
    if (offState === 'asking') return
    offState = 'asking'
    const config = await refresh()
    offState = 'asked'
    if (config) tell(faultOfConfig(config, options.department))
  })
  const isAway = () => reasonTold === 'unreachable' || reasonTold === 'blocked'
  const refreshIfAway = () => {
    if (isAway() && !isServerForbidden()) void refresh()
  }
  if (options.debug) logSteps(parts)
  // A visit that was kept shows that the server is back.
  on('delivered', refreshIfAway)
  on('destroy', () => undo())
  page.observe((event) => {
    if (event === 'online' || event === 'visible' || event === 'restore') refreshIfAway()
  })

  return {
    hear(config) {
      const fault = config && faultOfConfig(config, options.department)
      if (fault?.code === 'disabled' && offState !== 'asked') return askWhetherOff()
      if (config) return tell(fault)
      // Once the host has been told, whoever needs the settings asks again ever less often, and is heard.
      if (isAskingAgain || isAway()) return
      isAskingAgain = true
      clock.after(secondTryMs, askAgain)
    },
  }
}

const known = new WeakMap<object, Availability>()

/** What the server has answered to the question for its settings, undefined when it gave none. */
export const hearServer = (
  tracking: Tracking,
  settings: () => Pick<ServerSettings, 'fresh'>,
  config: Json | undefined,
): void => {
  const availability =
    known.get(tracking) ??
    createAvailability({
      ...tracking,
      refresh: async () => (await settings().fresh(0))?.config,
      isLimited: async () =>
        answerOf((await tracking.storage.get<StoredConfig>(configKey))?.reply ?? '').kind === 'limited',
      isServerForbidden: () => !!tracking.isServerForbidden,
      onForbidden: () => void (tracking.isServerForbidden = true),
    })
  known.set(tracking, availability)
  availability.hear(config)
}
